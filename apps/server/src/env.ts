import { storeUrlProblem } from 'wechat-core'
import { isOrigin, protocolOf } from 'starter-server/origin'
import { StartError } from 'starter-server/startError'
import { isTrustProxy, toTrustProxy } from 'starter-server/trustProxy'
import { unknownNames } from 'starter-server/unknownNames'
import { z } from 'zod'
import { databaseAddressProblem } from 'starter-server/database/databaseAddress'

/** Everything the server is told from outside, checked. Only `main.ts` and the start scripts read it from the process. */
export interface Env {
  production: boolean
  /** Origin under which WeChat and people reach the site, e.g. `https://h5.example.com`. */
  publicUrl: string
  port: number
  host: string
  trustProxy: boolean | number | string
  wechat: WechatEnv
  storeUrl: string
  /** Of the app's own data. */
  databaseUrl: string
  mediaUrl: string // demo
  /** Who may see what people left with sign-ups, and the figures. */
  adminOpenids: string[]
  /** First the one that signs, then those that are still accepted. Empty in development: one is generated and kept. */
  sessionSecrets: string[]
  logLevel: string
  /** Where Prometheus metrics are served; undefined: nowhere. */
  metricsPath: string | undefined
  /** Of how many visits a page reports how its share card stands: 0 to 1. */
  shareReportSample: number
}

export interface WechatEnv {
  /** Both unset in development: the sandbox stands in. */
  appId: string | undefined
  appSecret: string | undefined
  token: string | undefined
  encodingAesKey: string | undefined
  /** With an EncodingAESKey: whether plain messages are refused (`safe`) or taken as well. */
  pushMode: 'safe' | 'compatible'
  /** `stable_token`, `token`, or the address of somebody else's token server. */
  tokenEndpoint: string
  apiUrl: string
  openUrl: string
  jssdkUrls: string[]
  jsDomains: string[]
  verifyFiles: string[]
}

export { StartError }

/** The environment is wrong. The message lists every problem at once. */
export class EnvError extends StartError {
  override readonly name = 'EnvError'
}

const OFFICIAL_JSSDK_URLS =
  'https://res.wx.qq.com/open/js/jweixin-1.6.0.js,https://res2.wx.qq.com/open/js/jweixin-1.6.0.js'

// What each variable is and where it is found; shown when its value is missing or wrong.
const EXPLAIN: Record<string, string> = {
  PUBLIC_URL: 'the origin under which people reach the site, e.g. https://h5.example.com, without a path',
  PORT: 'the port the server listens on, 0 to 65535',
  HOST: 'the address the server listens on',
  TRUST_PROXY: "Express's setting: true, false, the number of proxies, or their addresses",
  WECHAT_APP_ID:
    'the AppID of the Official Account, wx and 16 hexadecimal digits, and not its original ID (原始ID) gh_…; ' +
    'WeChat Developer Platform: your account > Basic information (基础信息)',
  WECHAT_APP_SECRET:
    'the AppSecret of the Official Account; WeChat Developer Platform: your account > Basic information (基础信息). ' +
    'It is shown once, when it is reset, and a reset ends the one before',
  WECHAT_TOKEN:
    '3 to 32 letters and digits you choose; WeChat Developer Platform: Domains and message push (域名与消息推送配置) > Token',
  WECHAT_ENCODING_AES_KEY:
    '43 letters and digits; WeChat Developer Platform: Domains and message push (域名与消息推送配置) > EncodingAESKey',
  WECHAT_PUSH_MODE: 'safe or compatible, as chosen in the console for encrypted messages',
  WECHAT_TOKEN_ENDPOINT:
    'stable_token, token, or the http(s) address of a token server that answers {access_token, expires_in}',
  WECHAT_API_URL: "the API host or a proxy's address, http(s)",
  WECHAT_OPEN_URL: 'the host of the authorize page, http(s)',
  WECHAT_JSSDK_URLS: "addresses of WeChat's JS-SDK, comma separated",
  WECHAT_JS_DOMAINS:
    'JS interface security domains, comma separated; WeChat Developer Platform: Domains and message push (域名与消息推送配置)',
  WECHAT_VERIFY_FILES:
    'names like MP_verify_Ab12Cd34.txt, comma separated; the console offers the file when a domain is added',
  STORE_URL:
    'memory:, sqlite:PATH, redis://HOST, redis+sentinel://HOSTS?name=PRIMARY, redis+cluster://HOSTS (each with TLS: rediss), ' +
    'mongodb://HOST or mongodb+srv://HOST',
  DATABASE_URL:
    'sqlite:./data/site.db, postgres://USER:PASSWORD@HOST:5432/DATABASE or mysql://USER:PASSWORD@HOST:3306/DATABASE',
  MEDIA_URL: 'folder:./data/media or s3://KEY:SECRET@HOST/BUCKET?region=REGION', // demo
  ADMIN_OPENIDS: 'openids of those who may see the sign-ups, comma separated; /me shows yours after a login',
  SESSION_SECRET:
    '32 or more random characters, e.g. from: openssl rand -hex 32; several, comma separated, for rotation',
  METRICS_PATH: 'a path like /metrics; unset: no metrics are served',
  SHARE_REPORT_SAMPLE: 'a number from 0 to 1: of how many visits a page reports how its card stands',
  LOG_LEVEL: 'fatal, error, warn, info, debug, trace or silent',
}
/** Every variable that is read. */
export const ENV_NAMES = Object.keys(EXPLAIN)

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
)
const mediaUrl = z.string().regex(/^(folder:.|s3(\+http)?:\/\/)/) // demo
const httpUrl = z.string().refine((text) => /^https?:$/.test(protocolOf(text)))
const origin = z
  .string()
  .refine(isOrigin)
  .transform((text) => new URL(text).origin)

const schema = z.object({
  PUBLIC_URL: origin.optional(),
  PORT: z.string().regex(/^\d+$/).transform(Number).pipe(z.number().max(65535)).default(3000),
  HOST: z.string().default('0.0.0.0'),
  TRUST_PROXY: z.string().refine(isTrustProxy).transform(toTrustProxy).optional(),
  WECHAT_APP_ID: z
    .string()
    .regex(/^(?!gh_)\S+$/)
    .optional(),
  WECHAT_APP_SECRET: z.string().regex(/^\S+$/).optional(),
  WECHAT_TOKEN: z
    .string()
    .regex(/^[a-zA-Z0-9]{3,32}$/)
    .optional(),
  WECHAT_ENCODING_AES_KEY: z
    .string()
    .regex(/^[a-zA-Z0-9]{43}$/)
    .optional(),
  WECHAT_PUSH_MODE: z.enum(['safe', 'compatible']).default('safe'),
  WECHAT_TOKEN_ENDPOINT: z.union([z.enum(['stable_token', 'token']), httpUrl]).default('stable_token'),
  WECHAT_API_URL: httpUrl.default('https://api.weixin.qq.com'),
  WECHAT_OPEN_URL: httpUrl.default('https://open.weixin.qq.com'),
  WECHAT_JSSDK_URLS: list.pipe(z.array(httpUrl).min(1)).prefault(OFFICIAL_JSSDK_URLS),
  WECHAT_JS_DOMAINS: list.pipe(z.array(z.string().regex(/^[^\s/:]+(:\d+)?(\/\S*)?$/)).min(1)).optional(),
  WECHAT_VERIFY_FILES: list.pipe(z.array(z.string().regex(/^MP_verify_[a-zA-Z0-9]+\.txt$/))).prefault(''),
  STORE_URL: z
    .string()
    .refine((url) => storeUrlProblem(url) === undefined)
    .default('sqlite:./data/app.db'),
  DATABASE_URL: z
    .string()
    .refine((url) => databaseAddressProblem(url) === undefined)
    .default('sqlite:./data/site.db'),
  MEDIA_URL: mediaUrl.default('folder:./data/media'), // demo
  ADMIN_OPENIDS: list.pipe(z.array(z.string().regex(/^[\w-]{6,64}$/))).prefault(''),
  SESSION_SECRET: list.pipe(z.array(z.string().min(32)).min(1)).optional(),
  METRICS_PATH: z
    .string()
    .regex(/^\/[a-z0-9/_-]+$/i)
    .optional(),
  SHARE_REPORT_SAMPLE: z
    .string()
    .regex(/^(0|1|[01]?\.\d+)$/)
    .transform(Number)
    .pipe(z.number().max(1))
    .default(1),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

/** Whether this can be an AppID: `wx` and 16 hexadecimal digits. */
export function looksLikeAppId(text: string): boolean {
  return /^wx[0-9a-f]{16}$/i.test(text)
}

/**
 * Reads the environment. An empty value counts as unset.
 *
 * @returns the checked values, and warnings about what is odd: an AppID of another form, `WECHAT_*` names that nothing reads
 * @throws {EnvError} listing everything that is missing or wrong
 */
export function parseEnv(raw: Record<string, string | undefined>): { env: Env; warnings: string[] } {
  const production = raw['NODE_ENV'] === 'production'
  const given = Object.fromEntries(Object.entries(raw).filter(([, value]) => value?.trim()))
  const result = schema.safeParse(given)
  const required = production
    ? ['PUBLIC_URL', 'WECHAT_APP_ID', 'WECHAT_APP_SECRET', 'SESSION_SECRET']
    : given['WECHAT_APP_ID']
      ? ['WECHAT_APP_SECRET']
      : []
  const missing = required.filter((name) => !given[name])
  const wrong = result.success ? [] : [...new Set(result.error.issues.map((issue) => String(issue.path[0])))]
  if (!result.success || missing.length > 0) {
    const lines = [
      ...missing.map((name) => `  ${name} is missing: ${EXPLAIN[name]}`),
      ...wrong.map((name) => `  ${name} is not valid: ${problemOf(name, given[name])}`),
    ]
    throw new EnvError(
      `The environment is not complete. Put these into .env (see .env.example):\n${lines.join('\n')}`,
    )
  }
  const values = result.data
  const publicUrl = values.PUBLIC_URL ?? 'http://localhost:5173'
  const env: Env = {
    production,
    publicUrl,
    port: values.PORT,
    host: values.HOST,
    trustProxy: values.TRUST_PROXY ?? (publicUrl.startsWith('https:') ? 1 : false),
    wechat: {
      appId: values.WECHAT_APP_ID,
      appSecret: values.WECHAT_APP_SECRET,
      token: values.WECHAT_TOKEN,
      encodingAesKey: values.WECHAT_ENCODING_AES_KEY,
      pushMode: values.WECHAT_PUSH_MODE,
      tokenEndpoint: values.WECHAT_TOKEN_ENDPOINT,
      apiUrl: values.WECHAT_API_URL,
      openUrl: values.WECHAT_OPEN_URL,
      jssdkUrls: values.WECHAT_JSSDK_URLS,
      jsDomains: values.WECHAT_JS_DOMAINS ?? [new URL(publicUrl).host],
      verifyFiles: values.WECHAT_VERIFY_FILES,
    },
    storeUrl: values.STORE_URL,
    databaseUrl: values.DATABASE_URL,
    mediaUrl: values.MEDIA_URL, // demo
    adminOpenids: values.ADMIN_OPENIDS,
    sessionSecrets: values.SESSION_SECRET ?? [],
    logLevel: values.LOG_LEVEL,
    metricsPath: values.METRICS_PATH,
    shareReportSample: values.SHARE_REPORT_SAMPLE,
  }
  return {
    env,
    warnings: [
      ...oddAppId(values.WECHAT_APP_ID),
      ...unknownNames(raw, { known: ENV_NAMES, prefix: 'WECHAT_' }),
    ],
  }
}

function problemOf(name: string, value = ''): string {
  // Of an address with a password: what is wrong, never the address itself.
  const problems: Record<string, (address: string) => string | undefined> = {
    STORE_URL: storeUrlProblem,
    DATABASE_URL: databaseAddressProblem,
  }
  return problems[name]?.(value) ?? `it must be ${EXPLAIN[name]}`
}

// No error: what stands in for WeChat may name its accounts as it likes.
function oddAppId(appId: string | undefined): string[] {
  if (appId === undefined || looksLikeAppId(appId)) return []
  return ['WECHAT_APP_ID does not look like an AppID: that is wx and 16 hexadecimal digits.']
}
