// What the control answers, for its OpenAPI document. Fields that only the phone's own page needs are left open.
import { z } from 'zod'
import { NETWORK_TYPES } from '../../native/device.ts'
import { cardSchema, pageSchema } from '../driveBodies.ts'

const words = z.object({ en: z.string(), zh: z.string() })
const person = z.looseObject({
  id: z.string(),
  nickname: z.string(),
  avatar: z.string(),
  follows: z.boolean(),
})
const device = z.looseObject({
  os: z.enum(['ios', 'android', 'harmony', 'windows', 'mac']),
  version: z.string(),
  networkType: z.enum(NETWORK_TYPES),
})

export const state = z.looseObject({
  device,
  look: z.object({ fontScale: z.number(), theme: z.enum(['auto', 'light', 'dark']) }),
  person: z.string().describe('id of who holds the phone'),
  people: z.array(person),
  account: z.looseObject({
    appId: z.string(),
    name: z.string(),
    originalId: z.string(),
    jsDomains: z.array(z.string()),
    oauthDomain: z.string(),
    push: z.object({
      url: z.string(),
      token: z.string(),
      encodingAesKey: z.string(),
      mode: z.enum(['plain', 'compatible', 'safe']),
    }),
  }),
  menu: z.array(z.looseObject({ name: z.string() })),
  follows: z.boolean().describe('whether the holder follows the account'),
  clock: z.object({ now: z.number(), ahead: z.number().describe('seconds') }),
  switches: z.array(
    z.looseObject({
      name: z.string(),
      value: z.union([z.boolean(), z.number(), z.string()]),
      ...words.shape,
    }),
  ),
  faults: z.array(z.looseObject({ path: z.string(), fault: z.looseObject({}), left: z.number() })),
  quirks: z.array(z.looseObject({ name: z.string(), options: z.array(z.string()), value: z.string() })),
})

const explanation = z.looseObject({
  causes: z.array(z.looseObject({ id: z.string(), what: words, advice: words })),
  facts: z.array(z.string()).optional(),
  strings: z
    .looseObject({ expected: z.string(), signed: z.string().optional() })
    .optional()
    .describe('what should have been signed, and what was'),
})

export const call = z.looseObject({
  name: z.string(),
  params: z.record(z.string(), z.unknown()),
  url: z.string(),
  reply: z.looseObject({ err_msg: z.string() }),
  explanation: explanation.optional().describe('why it was refused'),
})

/** Of `wx.config`, which the bridge calls `preVerifyJSAPI`. */
export const config = call.extend({ ok: z.boolean() })

export const page = pageSchema
export const card = cardSchema.extend({ opens: z.string().describe('address at which others open it') })

const delivery = z.looseObject({
  ms: z.number(),
  status: z.number().optional(),
  body: z.string().optional(),
  problem: z.string().optional(),
})
const push = z.looseObject({
  deliveries: z.array(delivery),
  reply: z.looseObject({ msgType: z.string() }).optional(),
  problem: z.string().optional(),
})
export const acted = z.object({
  open: z.string().optional().describe('address that the phone opens'),
  push: push.optional().describe("what the site's server said, with ?wait"),
})

export const activities = z.array(
  z.looseObject({ id: z.number(), at: z.number(), kind: z.enum(['page', 'bridge', 'api', 'push']) }),
)
export const entries = z.array(
  z.looseObject({
    id: z.number(),
    at: z.number(),
    openid: z.string(),
    from: z.enum(['person', 'account', 'system']),
  }),
)
export const nothing = z.looseObject({})
export const closed = z.object({ closed: z.boolean() })
export const awaited = z.object({ awaited: z.boolean() })
export const problem = z.object({ error: z.string() })
