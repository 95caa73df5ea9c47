/** What keeps the app's own data. */
export type DatabaseAddress =
  { engine: 'sqlite'; path: string } | { engine: 'postgres' | 'mysql'; url: string; host: string }

/** DATABASE_URL is not an address, or what it names cannot be used. The message holds no password. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
}

const FORMS =
  'sqlite:./data/site.db, postgres://user:password@host:5432/database or mysql://user:password@host:3306/database'

/**
 * Reads `DATABASE_URL`.
 *
 * @throws {DatabaseError} with the forms that there are; it never repeats the address, which may hold a password
 */
export function readDatabaseAddress(address: string): DatabaseAddress {
  if (address.startsWith('sqlite:')) {
    const path = address.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '')
    if (path === '') throw new DatabaseError(`no file is named after "sqlite:". It is one of ${FORMS}.`)
    return { engine: 'sqlite', path }
  }
  const url = URL.canParse(address) ? new URL(address) : undefined
  const engine = ENGINES[url?.protocol ?? '']
  if (!url || !engine)
    throw new DatabaseError(`this is not the address of a database. It is one of ${FORMS}.`)
  if (url.hostname === '' || url.pathname.length < 2)
    throw new DatabaseError(`host and name of the database are needed: ${FORMS}.`)
  return { engine, url: address, host: url.host }
}

/** What is wrong with an address, or undefined. */
export function databaseAddressProblem(address: string): string | undefined {
  try {
    readDatabaseAddress(address)
    return undefined
  } catch (error) {
    return error instanceof DatabaseError ? error.message : String(error)
  }
}

const ENGINES: Record<string, 'postgres' | 'mysql'> = {
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
  'mysql:': 'mysql',
  'mariadb:': 'mysql',
}
