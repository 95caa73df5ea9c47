import { expect, it } from 'vitest'
import { readConfig } from './configFile.ts'

const WHOLE = `
account:
  name: 小店
  appId: wx1234567890abcdef
  appSecret: '00112233445566778899aabbccddeeff'
  kind: test
  jsDomains: [localhost:5180, shop.example.com/h5]
  oauthDomain: localhost:5180
push:
  url: http://localhost:8080/wechat
  token: shopToken
  mode: safe
people:
  - { id: mei, nickname: 美 }
  - { id: bob, nickname: Bob, follows: false }
menu:
  - { type: view, name: Home, url: 'http://localhost:5180/' }
  - { name: More, sub_button: [{ type: click, name: Help, key: HELP }] }
switches: { latency: 20, snapshot: true }
quirks: { iosJudgesBy: current }
`

const read = (text: string) => readConfig(text, 'wechat.yaml', 'en')
const mistakes = (text: string): string[] => {
  try {
    read(text)
  } catch (error) {
    return (error as Error).message.split('\n')
  }
  return []
}

it('takes everything that it knows, and nothing at all', () => {
  expect(read(WHOLE)).toMatchObject({
    account: { kind: 'test', appSecret: '00112233445566778899aabbccddeeff' },
    people: [{ follows: true }, { follows: false }],
    menu: [{ name: 'Home' }, { name: 'More' }],
  })
  expect(read('')).toEqual({})
})

it.each([
  ['acount: {}', 'wechat.yaml:1: acount: there is no such field. Did you mean account?'],
  ['account:\n  jsDomain: [a.b]', ':2: account.jsDomain: there is no such field. Did you mean jsDomains?'],
  [
    'people:\n  - id: a\n    nickname: A\n    folows: yes',
    ':4: people.0.folows: there is no such field. Did you mean follows?',
  ],
  ['people:\n  - id: a\n    nickname: A\n  - id: b', ':4: people.1.nickname: '],
  ['people: []', ':1: people: '],
  ['people: [{ id: a, nickname: A }, { id: a, nickname: B }]', ':1: people: every id once'],
  [
    'account:\n  name: A\n  appSecret: 123',
    ':3: account.appSecret: Invalid input: expected string, received number (put the value in quotes)',
  ],
  [
    'account: { jsDomains: [http://a.b] }',
    'account.jsDomains.0: a host such as h5.example.com, without http://',
  ],
  ['push:\n  token: a-b', ':2: push.token: token is 3 to 32 letters and digits'],
  ['menu: [{ type: view, name: Home }]', 'menu: errcode 40020: '],
  ['switches: { latency: slow }', 'switches.latency: latency is a number from 0 to 60000.'],
  ['switches:\n  bussy: true', ':2: switches.bussy: there is no such switch. Did you mean busy?'],
  ['quirks: { iosJudgesBy: guess }', 'quirks.iosJudgesBy: '],
  ['a: [', 'wechat.yaml:1: '],
  ['- a', 'wechat.yaml:1: '],
])('%j: the line, the field and what is wrong', (text, words) => {
  expect(mistakes(text)).toEqual([expect.stringContaining(words)])
})

it('tells all mistakes at once, each with its line', () => {
  const found = mistakes('account:\n  kind: bank\ncolour: red\npush: { mode: loud }\n')
  expect(found.map((line) => line.split(': ', 2).join(': '))).toEqual([
    'wechat.yaml:2: account.kind',
    'wechat.yaml:4: push.mode',
    'wechat.yaml:3: colour',
  ])
})

it('says it in Chinese to who reads Chinese', () =>
  expect(() => readConfig('colour: red', 'a.yaml', 'zh')).toThrow('没有这个字段'))
