import { beforeEach, describe, expect, it } from 'vitest'
import { Tokens } from './tokens.ts'

let time: number
let tokens: Tokens
const seconds = (n: number) => (time += n * 1000)
const errcodeOf = (token: unknown) => {
  try {
    tokens.check(token)
    return 0
  } catch (error) {
    return (error as { errcode: number }).errcode
  }
}

beforeEach(() => {
  time = 1_760_000_000_000
  tokens = new Tokens(() => time)
})

describe('/cgi-bin/token', () => {
  it('issues a new one each time; the old one works 5 minutes longer [token-overlap]', () => {
    const first = tokens.issueClassic().access_token
    const second = tokens.issueClassic().access_token
    expect(first).not.toBe(second)
    seconds(299)
    expect([errcodeOf(first), errcodeOf(second)]).toEqual([0, 0])
    seconds(1)
    expect([errcodeOf(first), errcodeOf(second)]).toEqual([40001, 0])
  })

  it('is isolated from stable_token [token-endpoints-isolated]', () => {
    const stable = tokens.issueStable(false).access_token
    tokens.issueClassic()
    tokens.issueClassic()
    seconds(600)
    expect(errcodeOf(stable)).toBe(0)
  })
})

describe('stable_token', () => {
  it('gives the same one with its remaining seconds, and the next in the last 5 minutes [stable-token-repeats]', () => {
    const first = tokens.issueStable(false)
    seconds(6800)
    expect(tokens.issueStable(false)).toEqual({ access_token: first.access_token, expires_in: 400 })
    seconds(100)
    const second = tokens.issueStable(false)
    expect(second.access_token).not.toBe(first.access_token)
    expect(second.expires_in).toBe(7200)
    expect(errcodeOf(first.access_token)).toBe(0)
    seconds(300)
    expect(errcodeOf(first.access_token)).toBe(42001)
  })

  it('forced: the one before is worthless at once, not twice within 30 seconds [forced-refresh]', () => {
    const first = tokens.issueStable(true).access_token
    seconds(29)
    expect(tokens.issueStable(true).access_token).toBe(first)
    seconds(1)
    const second = tokens.issueStable(true).access_token
    expect([errcodeOf(first), errcodeOf(second)]).toEqual([40001, 0])
  })

  it('forced: 20 a day [forced-refresh-limit]', () => {
    for (let i = 0; i < 20; i++) {
      tokens.issueStable(true)
      seconds(30)
    }
    expect(() => tokens.issueStable(true)).toThrow(/quota/)
    seconds(86_400)
    expect(() => tokens.issueStable(true)).not.toThrow()
  })
})

it.each([undefined, '', ['a']])('a token of %j is missing', (token) => expect(errcodeOf(token)).toBe(41001))
it('an unknown token is 40001', () => expect(errcodeOf('80_nonsense')).toBe(40001))
it('an expired token is 42001 [ended-token-errcode]', () => {
  const token = tokens.issueClassic().access_token
  seconds(7200)
  expect(errcodeOf(token)).toBe(42001)
})

it('tickets stay the same while they live, and jsapi is not wx_card [ticket-types] [ticket-stays]', () => {
  const first = tokens.issueTicket('jsapi')
  seconds(3600)
  expect(tokens.issueTicket('jsapi')).toEqual(first)
  expect(tokens.issueTicket('wx_card').ticket).not.toBe(first.ticket)
  seconds(7201)
  expect(tokens.validTickets('jsapi')).toEqual([])
  expect(tokens.issueTicket('jsapi').ticket).not.toBe(first.ticket)
})
