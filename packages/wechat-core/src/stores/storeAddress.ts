import { StoreError } from './store.ts'

/** A store's address, taken apart. Nothing that is told of it may come from anywhere but `hosts`. */
export interface StoreAddress {
  scheme: string
  /** One, or several with commas: a replica set. Without user and password. */
  hosts: string
  /** Behind the hosts, without its slash: a database. */
  path: string
  /** Both as they are, without the % of an address; empty for none. */
  username: string
  password: string
  /** What follows the question mark, for Redis Sentinel; every other driver reads its own. */
  options: Partial<Record<SentinelOption, string>>
  /** What a driver says of its failure, without what is secret. */
  safeReason(error: unknown): string
}

/** The name of the primary as the Sentinels have it, and how one logs in to them. */
export type SentinelOption = 'name' | 'sentinelUsername' | 'sentinelPassword'

const SENTINEL = ['redis+sentinel', 'rediss+sentinel']
const CLUSTER = ['redis+cluster', 'rediss+cluster']
const SCHEMES = ['memory', 'sqlite', 'redis', 'rediss', ...SENTINEL, ...CLUSTER, 'mongodb', 'mongodb+srv']
const KNOWN =
  'memory:, sqlite:PATH, redis://, redis+sentinel://, redis+cluster:// (each with TLS: rediss), mongodb:// or mongodb+srv://'
const SENTINEL_OPTIONS: SentinelOption[] = ['name', 'sentinelUsername', 'sentinelPassword']
const HOST = /^(?:\[[0-9a-f:.]+\]|[^\s:[\]]+)(?::(\d{1,5}))?$/i

/** What is wrong with a store's address, in words and without quoting it; undefined when nothing is. */
export function storeUrlProblem(url: string): string | undefined {
  try {
    checkStoreUrl(url)
    return undefined
  } catch (error) {
    return error instanceof AddressProblem ? error.message : 'it cannot be read'
  }
}

/** @throws {StoreError} saying what is wrong with it, without quoting it */
export function readStoreAddress(url: string): StoreAddress {
  try {
    return checkStoreUrl(url)
  } catch (error) {
    const problem = error instanceof AddressProblem ? error.message : 'it cannot be read'
    throw new StoreError(`[store] The address of the store is not valid: ${problem}.`)
  }
}

class AddressProblem extends Error {}

function checkStoreUrl(url: string): StoreAddress {
  const scheme = SCHEMES.find((known) => url.startsWith(`${known}:`))
  if (!scheme) throw unknownScheme(url)
  const rest = url.slice(scheme.length + 1)
  if (scheme === 'memory' || scheme === 'sqlite') {
    if (scheme === 'memory' && rest !== '') throw new AddressProblem('nothing may follow "memory:"')
    if (scheme === 'sqlite' && rest === '')
      throw new AddressProblem('"sqlite:" needs a path, for example sqlite:./data/app.db')
    return { scheme, hosts: '', path: rest, username: '', password: '', options: {}, safeReason: reasonOf }
  }
  if (!rest.startsWith('//')) throw new AddressProblem(`"${scheme}:" needs two slashes and a host`)
  return checkNetwork(scheme, url)
}

// Not with the platform's URL: it knows no list of hosts, and what it throws holds the whole address.
function checkNetwork(scheme: string, url: string): StoreAddress {
  const rest = url.slice(scheme.length + 3)
  const end = /[/?#]|$/.exec(rest)?.index ?? rest.length
  const [authority, tail] = [rest.slice(0, end), rest.slice(end)]
  // The password had a "/", "?" or "#" in it, and the address seems to end there.
  if (tail.includes('@') || tail.includes('#')) throw unescaped()
  const at = authority.lastIndexOf('@')
  const [credentials, hosts] = [authority.slice(0, Math.max(0, at)), authority.slice(at + 1)]
  const isMongo = scheme.startsWith('mongodb')
  if (/\s/.test(credentials) || (isMongo && /@|:.*:/.test(credentials))) throw unescaped()
  const colon = credentials.indexOf(':')
  const password = colon < 0 ? '' : credentials.slice(colon + 1)
  const plain = [decoded(credentials), decoded(password)]
  const username = decoded(colon < 0 ? credentials : credentials.slice(0, colon))

  if (hosts === '') throw new AddressProblem('it names no host')
  const list = hosts.split(',')
  if (['redis', 'rediss'].includes(scheme) && list.length > 1)
    throw new AddressProblem(
      'it may name one host only. Several are those of Sentinels, redis+sentinel://, or of a cluster, redis+cluster://',
    )
  for (const host of list) {
    const port = HOST.exec(host)
    if (!port) throw new AddressProblem('each host must be a name, with a port from 1 to 65535 or without')
    if (port[1] !== undefined && (Number(port[1]) < 1 || Number(port[1]) > 65_535))
      throw new AddressProblem('a port must be a number from 1 to 65535')
  }
  if (scheme === 'mongodb+srv' && (list.length > 1 || /:\d+$/.test(hosts)))
    throw new AddressProblem('"mongodb+srv:" takes one host and no port')
  const path = decoded(tail.split('?', 1)[0]?.slice(1) ?? '')
  if (!isMongo && !/^\d*$/.test(path))
    throw new AddressProblem('what follows the host must be the number of a database, like /0')
  if (CLUSTER.includes(scheme) && Number(path) !== 0)
    throw new AddressProblem('a cluster has one database only, /0')
  const options = isMongo || scheme === 'redis' || scheme === 'rediss' ? {} : readOptions(scheme, tail)

  const { sentinelPassword = '' } = options
  const secrets = [
    url,
    credentials,
    password,
    ...plain,
    sentinelPassword,
    encodeURIComponent(sentinelPassword),
  ]
    .filter(Boolean)
    .sort((a, b) => b.length - a.length)
  const safeReason = (error: unknown) =>
    secrets.reduce((text, secret) => text.replaceAll(secret, '***'), reasonOf(error))
  return { scheme, hosts, path, username, password: decoded(password), options, safeReason }
}

// A name that is not known may be a secret that was mistyped: it is not quoted.
function readOptions(scheme: string, tail: string): Partial<Record<SentinelOption, string>> {
  const known = SENTINEL.includes(scheme) ? SENTINEL_OPTIONS : []
  const options: Partial<Record<SentinelOption, string>> = {}
  for (const pair of tail.split('?').slice(1).join('?').split('&').filter(Boolean)) {
    const [name = '', ...value] = pair.split('=')
    const option = known.find((one) => one === name)
    if (!option)
      throw new AddressProblem(
        known.length > 0 ? `after "?" it may say only ${known.join(', ')}` : 'nothing may follow "?"',
      )
    options[option] = decoded(value.join('='))
  }
  return options
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw unescaped()
  }
}

// Only what surely is a scheme is quoted: before a colon there may as well be a password.
function unknownScheme(url: string): AddressProblem {
  const scheme = /^[a-z][a-z0-9+]{0,19}(?=:\/\/)/i.exec(url)?.[0]
  return new AddressProblem(
    scheme ? `"${scheme}:" is not a known store. Use ${KNOWN}` : `it must begin with ${KNOWN}`,
  )
}

function unescaped(): AddressProblem {
  return new AddressProblem(
    'in its user and password some characters must be written as %23 for #, %2F for /, %3F for ?, %40 for @, %3A for :, %25 for %, %20 for a space',
  )
}

/** Why something failed. Redis quotes the words of a command that it does not know, secrets and all: they are left out. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given'
  const code = 'code' in error ? String(error.code) : error.name
  return (error.message || code).replace(/,? with args beginning with.*/s, '')
}
