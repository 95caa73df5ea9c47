// Thousands of deliveries that were signed and then damaged. Reproducible: the seed is fixed and told on failure.
import { expect, it } from 'vitest'
import { memoryStore } from '../stores/memory.ts'
import { heapUsed } from '../testing/heap.ts'
import { mutated, seededRandom, type Random } from '../testing/random.ts'
import { onPush } from './handlers.ts'
import {
  ACCOUNT,
  plainDelivery,
  safeDelivery,
  serve,
  textMessage,
  type Delivery,
} from './testing/pushSender.ts'
import { wechatPush } from './wechatPush.ts'

const SEED = 20261121
// In each mode. PUSH_FUZZ=10000, as the workflow has it, takes half a minute of a processor.
const COUNT = Number(process.env['PUSH_FUZZ'] ?? 1_000)
const AT_ONCE = 20
const LARGEST_GROWTH = 8_000_000 // bytes

it.each(['plain', 'safe'] as const)('damaged deliveries in %s mode', { timeout: 120_000 }, async (mode) => {
  let heard = 0
  const push = wechatPush({
    wechat: { appId: ACCOUNT.appId, api: () => Promise.reject(new Error('nothing is sent')) },
    store: memoryStore(),
    token: ACCOUNT.token,
    ...(mode === 'safe' ? { encodingAesKey: ACCOUNT.encodingAesKey } : {}),
    handlers: [onPush(['message.text', 'unknown'], () => void heard++)],
  })
  const callback = await serve(push)
  const random = seededRandom(SEED)
  const damage = mode === 'plain' ? damagedPlain : damagedSafe
  const statuses = new Map<number, number>()
  const send = async (count: number) => {
    for (let i = 0; i < count; i += AT_ONCE) {
      const deliveries = Array.from({ length: AT_ONCE }, () => damage(random))
      for (const { status } of await Promise.all(deliveries.map(callback.deliver)))
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  }

  await send(COUNT / 5)
  const before = heapUsed()
  await send((COUNT / 5) * 4)
  const grown = heapUsed() - before
  await callback.close()

  const accepted = [...statuses].filter(([status]) => status < 400 || status >= 500)
  expect(accepted, `seed ${SEED}`).toEqual([])
  expect(heard).toBe(0)
  expect(statuses.get(400)).toBeGreaterThan(COUNT / 20)
  expect(statuses.get(403)).toBeGreaterThan(COUNT / 20)
  expect(grown).toBeLessThan(LARGEST_GROWTH)
})

// In plain mode the signature covers the query only: there it is damaged, or the body so that it is no XML any more.
function damagedPlain(random: Random): Delivery {
  const message = textMessage('hello', String(random.below(1e9)))
  return random.below(3) === 0
    ? { ...plainDelivery(''), body: message.slice(0, random.below(message.length)) }
    : damagedQuery(plainDelivery(message), ['signature', 'timestamp', 'nonce'], random)
}

// In safe mode it covers everything that counts.
function damagedSafe(random: Random): Delivery {
  const delivery = safeDelivery(textMessage('hello', String(random.below(1e9))))
  if (random.below(2) === 0) return damagedQuery(delivery, ['msg_signature', 'timestamp', 'nonce'], random)
  const [head = '', encrypt = '', tail = ''] = String(delivery.body).split(
    /(?<=<Encrypt><!\[CDATA\[)|(?=\]\]>\s*<\/Encrypt>)/,
  )
  return { ...delivery, body: head + mutated(encrypt, random) + tail }
}

function damagedQuery({ query, ...rest }: Delivery, names: string[], random: Random): Delivery {
  const name = random.pick(names)
  const value = String(query[name])
  const { [name]: _, ...without } = query
  switch (random.below(3)) {
    case 0:
      return { query: without, ...rest }
    case 1:
      return { query: { ...query, [name]: [value, mutated(value, random)] }, ...rest }
    default:
      return { query: { ...query, [name]: mutated(value, random) }, ...rest }
  }
}
