import { join } from 'node:path'

/** The folder of the project, which these tools lie in. */
export const root = join(import.meta.dirname, '../../..')
