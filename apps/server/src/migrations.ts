// The tables of all features. They are brought up to date when the server starts.
import type { Migrations } from 'starter-server/database/migrate'
import { articleMigrations } from './articles/data.ts' // demo

export const migrations: Migrations = {
  ...articleMigrations, // demo
}
