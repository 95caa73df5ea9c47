import { kindOf, type HostKind } from './wechatHosts.ts'

/** Whom a request is for. */
export interface Target {
  host: string
  kind: HostKind
}

/** Why a request is not answered, and with which status. */
export interface Refusal {
  status: 400 | 403 | 421
  text: string
}

const NOTHING_ELSE = 'It answers for WeChat’s hosts only and passes nothing else on.'
const AUTHORITY = /^([a-z0-9.-]{1,253}):(\d{1,5})$/i

/**
 * Reads the target of a CONNECT: `api.weixin.qq.com:443`.
 *
 * @param hosts every Host header of the request
 */
export function targetOfConnect(authority: string, hosts: readonly string[]): Target | Refusal {
  const [, name = '', port = ''] = AUTHORITY.exec(authority) ?? []
  if (!name) return { status: 400, text: 'CONNECT takes a host and a port: api.weixin.qq.com:443.' }
  const host = name.toLowerCase()
  const kind = kindOf(host)
  if (!kind) return foreign(host)
  if (port !== '443' && port !== '80')
    return { status: 403, text: `WeChat’s hosts have the ports 443 and 80 here, not ${port}.` }
  return mismatch(host, hosts) ?? { host, kind }
}

const ABSOLUTE = /^(https?):\/\/([^/?#]*)(.*)$/i

/**
 * Reads the target of a request to the proxy itself: `GET https://api.weixin.qq.com/cgi-bin/token`. That is how clients
 * ask for http, and some for https as well.
 *
 * @param hosts every Host header of the request
 */
export function targetOfAbsolute(
  address: string,
  hosts: readonly string[],
): (Target & { path: string }) | Refusal {
  const [, scheme = '', authority = '', rest = ''] = ABSOLUTE.exec(address) ?? []
  if (!scheme)
    return {
      status: 403,
      text: `This is the proxy of the WeChat sandbox, and no site. ${NOTHING_ELSE} Name it to a program as its HTTPS_PROXY.`,
    }
  const usual = scheme.toLowerCase() === 'https' ? ':443' : ':80'
  const host = authority.toLowerCase().replace(new RegExp(`${usual}$`), '')
  const kind = kindOf(host)
  if (!kind) return foreign(host)
  return mismatch(host, hosts) ?? { host, kind, path: rest.startsWith('/') ? rest : `/${rest}` }
}

/** Reads a request within a connection to a host: its path, or the whole address, as PHP writes it there too. */
export function targetWithin(
  target: Target,
  address: string,
  hosts: readonly string[],
): (Target & { path: string }) | Refusal {
  if (address.startsWith('/')) return mismatch(target.host, hosts) ?? { ...target, path: address }
  const named = targetOfAbsolute(address, hosts)
  if ('status' in named || named.host === target.host) return named
  return { status: 421, text: `This connection leads to ${target.host}, and the request names another host.` }
}

// Two Host headers, or one that says something else than the connection: what is meant is not to be guessed.
function mismatch(host: string, hosts: readonly string[]): Refusal | undefined {
  if (hosts.length > 1) return { status: 400, text: 'The request has more than one Host header.' }
  const [named = host] = hosts
  if (named.toLowerCase().replace(/:(443|80)$/, '') === host) return undefined
  return { status: 421, text: `The request goes to ${host}, and its Host header names another one.` }
}

function foreign(host: string): Refusal {
  const known = /^[\w.:[\]-]{1,253}$/.test(host)
  return {
    status: 403,
    text:
      `The WeChat sandbox is no way to ${known ? host : 'this host'}. ${NOTHING_ELSE} ` +
      'What the program calls besides goes past it once it is named in NO_PROXY, with commas between the hosts.',
  }
}
