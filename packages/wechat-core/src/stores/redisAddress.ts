import type { RedisTarget } from './redisConnection.ts'
import type { StoreAddress } from './storeAddress.ts'

/** A server of a Redis of several. */
export interface RedisHost {
  host: string
  port: number
}

/** The hosts that an address names. */
export function redisHosts({ hosts }: StoreAddress, defaultPort: number): RedisHost[] {
  return hosts.split(',').map((text) => {
    const port = /:(\d+)$/.exec(text)?.[1]
    const host = port === undefined ? text : text.slice(0, -port.length - 1)
    return { host: withoutBrackets(host), port: port === undefined ? defaultPort : Number(port) }
  })
}

/** How the data on that server is reached, with what the address says of user, password, database and TLS. */
export function redisTarget(address: StoreAddress, { host, port }: RedisHost): RedisTarget {
  const { username, password, path } = address
  return {
    socket: { host, port, ...(isTls(address) ? { tls: true } : {}) },
    ...login(username, password),
    ...(Number(path) === 0 ? {} : { database: Number(path) }),
  }
}

/** How a Sentinel is reached: with a login of its own. */
export function sentinelTarget(address: StoreAddress, { host, port }: RedisHost): RedisTarget {
  const { sentinelUsername = '', sentinelPassword = '' } = address.options
  return {
    socket: { host, port, ...(isTls(address) ? { tls: true } : {}) },
    ...login(sentinelUsername, sentinelPassword),
  }
}

/** As it stands in an address: an IPv6 one in brackets. */
export function hostName({ host, port }: RedisHost): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}

const login = (username: string, password: string) => ({
  ...(username === '' ? {} : { username }),
  ...(password === '' ? {} : { password }),
})

const isTls = ({ scheme }: StoreAddress): boolean => scheme.startsWith('rediss')

const withoutBrackets = (host: string): string => host.replace(/^\[(.*)\]$/, '$1')
