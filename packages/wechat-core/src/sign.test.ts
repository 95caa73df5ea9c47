import { hash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { memoryStore } from './stores/memory.ts'
import { PAGE, TICKET, wechatOnPlatform } from './testing/wechatOnPlatform.ts'
import { createWechat } from './wechat.ts'

const world = wechatOnPlatform()
const { now, seconds, open, asked, isAccepted, failureOf } = world

it('the signature is the documented hash of the documented string', async () => {
  const { timestamp, nonceStr, signature, url } = await open().sign(`${PAGE}#comments`)
  const [ticket] = world.platform.tokens.validTickets('jsapi')
  expect(url).toBe(PAGE)
  expect(signature).toBe(
    hash('sha1', `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${PAGE}`),
  )
})

describe('sign', () => {
  it('makes signatures that the platform accepts', async () => {
    expect(await isAccepted(open())).toBe(true)
  })

  it('200 cold calls at once cause 1 token and 1 ticket request', async () => {
    world.platform.faults.latency = 50
    const wechat = open()
    await Promise.all(Array.from({ length: 200 }, () => wechat.sign(PAGE)))
    expect(asked()).toEqual([1, 1])
  })

  it('a restart with a warm store asks nothing', async () => {
    const store = memoryStore({ now })
    await open(store).sign(PAGE)
    expect(await isAccepted(open(store))).toBe(true)
    expect(asked()).toEqual([1, 1])
  })

  it('counts the remaining seconds that WeChat reports, not two hours from now', async () => {
    await open().sign(PAGE) // somebody else has had the token for 100 minutes
    seconds(6000)
    const wechat = open()
    await wechat.credentials.withAccessToken(async () => undefined)
    seconds(1100) // 100 s are left: a new one is due
    await wechat.credentials.withAccessToken(async (token) => world.platform.tokens.check(token))
    await expect.poll(() => asked()[0]).toBe(3)
  })

  it('renews in the background while the old ticket is still good', async () => {
    const wechat = open()
    await wechat.sign(PAGE)
    seconds(7000)
    world.platform.faults.set(TICKET, { kind: 'hang' })
    expect(await isAccepted(wechat)).toBe(true)
  })

  it('keeps signing through an outage until the ticket ends, then says why it cannot', async () => {
    const wechat = open()
    await wechat.sign(PAGE)
    world.platform.faults.set(TICKET, { status: 500 })
    seconds(7100)
    expect(await isAccepted(wechat)).toBe(true)
    seconds(200)
    expect(await failureOf(wechat)).toMatchObject({ code: 'wechat_bad_response' })
    world.platform.faults.clear()
    seconds(10)
    expect(await isAccepted(wechat)).toBe(true)
  })

  it('a clock that jumps an hour ahead, or three, causes no bad signature', async () => {
    const wechat = open()
    await wechat.sign(PAGE)
    seconds(3600)
    expect(await isAccepted(wechat)).toBe(true)
    expect(asked()).toEqual([1, 1])
    seconds(3 * 3600)
    expect(await isAccepted(wechat)).toBe(true)
    expect(asked()).toEqual([2, 2])
  })

  it.each([1800, 3600, 86_400])(
    'a clock that was set back %i s does not stretch a lifetime',
    async (back) => {
      let offset = 0 // of this machine's clock; the platform's is right
      const clock = () => now() + offset * 1000
      const { appId, appSecret } = world.platform.account
      const wechat = createWechat({
        appId,
        appSecret,
        apiUrl: world.platform.url,
        store: memoryStore(),
        now: clock,
        timeoutMs: 1500,
      })
      await wechat.sign(PAGE)
      seconds(3600)
      expect(await isAccepted(wechat)).toBe(true)
      offset = -back
      expect(await isAccepted(wechat)).toBe(true)
      expect(asked()).toEqual([1, 1])
      seconds(3700)
      expect(await isAccepted(wechat)).toBe(true)
      wechat.close()
    },
  )

  it('holds nothing per URL', async () => {
    const wechat = open()
    await wechat.sign(PAGE)
    const before = asked()
    const signatures = await Promise.all(
      Array.from({ length: 1000 }, (_, i) => wechat.sign(`${PAGE}&i=${i}`)),
    )
    expect(new Set(signatures.map((one) => one.signature)).size).toBe(1000)
    expect(asked()).toEqual(before)
  })
})

describe('when the token was taken by another system', () => {
  it('renews it once and tries once more', async () => {
    const wechat = open()
    await wechat.credentials.withAccessToken(async () => undefined)
    world.platform.tokens.killAll()
    expect(await isAccepted(wechat)).toBe(true)
    expect(asked()).toEqual([2, 2])
  })

  it('does not loop when the new one is refused as well', async () => {
    world.platform.faults.set(TICKET, { errcode: 40001 })
    expect(await failureOf(open())).toMatchObject({ code: 'wechat_40001' })
    expect(asked()[1]).toBe(2)
  })
})

describe('recheck', () => {
  it('replaces a ticket that WeChat no longer knows', async () => {
    const wechat = open()
    await wechat.sign(PAGE)
    world.platform.tokens.killTickets()
    expect(await isAccepted(wechat)).toBe(false)
    expect(await isAccepted(wechat, true)).toBe(true)
  })

  it('asks at most once a minute, however often it is called', async () => {
    const wechat = open()
    await wechat.sign(PAGE)
    await Promise.all(Array.from({ length: 100 }, () => wechat.sign(PAGE, { recheck: true })))
    expect(asked()).toEqual([1, 2])
    seconds(61)
    await wechat.sign(PAGE, { recheck: true })
    expect(asked()).toEqual([1, 3])
  })

  it('tells from when on it may be asked again, in every process', async () => {
    const store = memoryStore({ now })
    const [one, other] = [open(store), open(store)]
    expect(await one.credentials.untilRecheck()).toBe(0)
    await one.sign(PAGE, { recheck: true })
    seconds(20)
    expect(await other.credentials.untilRecheck()).toBe(40_000)
    seconds(41)
    expect(await other.credentials.untilRecheck()).toBe(0)
  })
})
