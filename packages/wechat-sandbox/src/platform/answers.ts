import { randomBytes } from 'node:crypto'
import type { Response } from 'express'

const TEXTS: Record<number, string> = {
  [-1]: 'system error',
  40001:
    'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, ' +
    'more details at https://mmbizurl.cn/s/JtxxFh33r',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40013: 'invalid appid',
  40029: 'invalid code',
  40066: 'invalid url',
  40097: 'invalid args',
  40125: 'invalid appsecret',
  40163: 'code been used',
  40164: 'invalid ip 198.51.100.23 ipv6 ::ffff:198.51.100.23, not in whitelist',
  40243: 'AppSecret has been frozen',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41008: 'missing code',
  42001: 'access_token expired',
  43002: 'require POST method',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
  47001: 'data format error',
  48001: 'api unauthorized',
}

/** An errcode that ends the request, thrown by the platform's parts and answered by its routes. */
export class Errcode extends Error {
  readonly errcode: number
  constructor(errcode: number) {
    super(TEXTS[errcode] ?? 'error')
    this.errcode = errcode
  }
}

/**
 * Answers an errcode as WeChat does: HTTP 200, the text ended by a request id. `cgi-bin` puts a space before it,
 * `sns` a comma, and `sns` sends its JSON as text/plain.
 */
export function sendErrcode(res: Response, path: string, errcode: number, now: number): void {
  const separator = path.startsWith('/sns/') ? ', ' : ' '
  const text =
    path.startsWith('/sns/') && errcode === 40001
      ? 'invalid credential, access_token is invalid or not latest'
      : TEXTS[errcode]
  sendJson(res, path, { errcode, errmsg: `${text ?? 'error'}${separator}rid: ${requestId(now)}` })
}

/** Sends a success body with the content type that the path has at WeChat. */
export function sendJson(res: Response, path: string, body: unknown): void {
  res.type(path.startsWith('/sns/') ? 'text/plain' : 'application/json').send(JSON.stringify(body))
}

function requestId(now: number): string {
  const seconds = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0')
  const random = randomBytes(8).toString('hex')
  return `${seconds}-${random.slice(0, 8)}-${random.slice(8)}`
}
