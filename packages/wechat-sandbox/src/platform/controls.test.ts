import { beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from './api/faults.ts'
import { Feed } from './feed.ts'
import { createPlatform, type Platform } from './platform.ts'
import { SWITCHES, Switches } from './switches/switches.ts'

let platform: Platform
beforeEach(() => {
  platform = createPlatform({ siteOrigin: 'https://h5.example.com', now: () => 1_760_000_000_000 })
})

describe('the switches', () => {
  it('stand as the table says, are set, listed and reset', () => {
    expect(platform.switches.get('pushRetries')).toBe(SWITCHES.pushRetries.default)
    platform.switches.set('pushRetries', 2)
    const listed = platform.switches.list().find(({ name }) => name === 'pushRetries')
    expect(listed).toMatchObject({ value: 2, default: 3, mark: 'believed', kind: 'number' })
    platform.switches.reset()
    expect(platform.switches.get('pushRetries')).toBe(3)
  })

  it('start as they are given, and that is what a reset returns to', () => {
    const set = {
      siteOrigin: 'https://h5.example.com',
      switches: { account: 'test' },
      tokens: { ticketsRotate: true },
    } as const
    const { switches } = createPlatform(set)
    switches.set('account', 'service')
    switches.reset()
    expect([switches.get('account'), switches.get('ticketsRotate')]).toEqual(['test', true])
  })

  it.each([
    ['nothing', true, /There is no switch "nothing"/],
    ['__proto__', true, /There is no switch/],
    ['busy', 'yes', /busy is true or false/],
    ['latency', -1, /0 to 60000/],
    ['latency', Number.NaN, /0 to 60000/],
    ['account', 'bank', /one of: service, subscription/],
  ])('%s cannot be %j', (name, value, reason) => {
    expect(() => platform.switches.set(name as 'busy', value as boolean)).toThrow(reason)
    expect(() => new Switches(Object.fromEntries([[name, value]]))).toThrow(reason)
  })

  it('say in both languages what they do, and where a rule comes from', () => {
    for (const { name, en, zh, mark, source } of platform.switches.list()) {
      expect([name, en.length > 5, /\p{Script=Han}/u.test(zh)]).toEqual([name, true, true])
      if (mark !== 'misbehaviour') expect([name, source]).not.toEqual([name, ''])
    }
  })
})

it('the clock moves forward only', () => {
  platform.clock.forward(90)
  expect([platform.now(), platform.clock.ahead()]).toEqual([1_760_000_090_000, 90])
  for (const wrong of [-1, Number.NaN, Infinity])
    expect(() => platform.clock.forward(wrong)).toThrow(/forward/)
})

it.each([{ errcode: 'x' }, { status: 200 }, { kind: 'sleep' }, {}, { errcode: 1, status: 500 }])(
  'a fault of %j is refused',
  (fault) => expect(() => platform.faults.set('/x', fault as Fault)).toThrow(),
)

it('faults are listed while they last; latency is a switch', () => {
  platform.faults.set('/a', { errcode: -1 })
  platform.faults.set('/b', { kind: 'hang' }, 0)
  platform.faults.latency = 5
  expect(platform.faults.list()).toMatchObject([{ path: '/a', left: Infinity }])
  expect(platform.switches.get('latency')).toBe(5)
  platform.faults.clear()
  expect([platform.faults.list(), platform.faults.latency]).toEqual([[], 0])
})

it('nobody is found by a wrong name', () => {
  expect(platform.identities.person('amu').nickname).toBe('阿木')
  expect(() => platform.identities.person('nobody')).toThrow('There are: xiaoqing, amu, lin.')
})

it('a feed keeps the newest and tells its watchers until they stop', () => {
  const feed = new Feed<number>(2)
  const seen: number[] = []
  const stop = feed.watch((item) => seen.push(item))
  for (const item of [1, 2, 3]) feed.add(item)
  stop()
  feed.add(4)
  expect([feed.list(), seen]).toEqual([
    [3, 4],
    [1, 2, 3],
  ])
})
