import { demoTemplates, type Template } from './messages/templates.ts'

/** The Official Account that the sandbox plays, as the console would show it. */
export interface Account {
  appId: string
  appSecret: string
  name: string
  /** JS-safe domains. A port may be written out, as a test account allows. */
  jsDomains: string[]
  /** The OAuth callback domain: one exact host, with its port if it has one, and a path if one was entered. */
  oauthDomain: string
  /** Message templates that were chosen in the console. */
  templates: Template[]
  /** The original id, which messages come from and go to. */
  originalId: string
  /** 服务器配置: where and how messages are pushed. */
  push: PushSettings
}

/** The console's server configuration. */
export interface PushSettings {
  url: string
  /** 3 to 32 letters and digits. */
  token: string
  /** 43 letters and digits. */
  encodingAesKey: string
  mode: 'plain' | 'compatible' | 'safe'
}

/** Somebody who uses WeChat in the sandbox. */
export interface Person {
  id: string
  nickname: string
  avatar: string
  /** Whether this person follows the account when the sandbox starts. */
  follows: boolean
}

/** An account whose console has the site at this origin entered in every field. */
export function demoAccount(origin: string): Account {
  const { host } = new URL(origin)
  return {
    appId: 'wx5a9d0c0ffee12345',
    appSecret: '00112233445566778899aabbccddeeff',
    name: 'My Official Account',
    jsDomains: [host],
    oauthDomain: host,
    templates: demoTemplates(),
    originalId: 'gh_5a9d0c0ffee1',
    push: {
      url: `${origin}/api/wechat`,
      token: 'sandboxToken',
      encodingAesKey: 'sandboxEncodingAesKey0123456789ABCDEFGHIJKL',
      mode: 'plain',
    },
  }
}

/** The people who hold the phone where nobody says otherwise. */
export const DEMO_PEOPLE: PersonOptions[] = [
  { id: 'xiaoqing', nickname: '小晴', follows: true },
  { id: 'amu', nickname: '阿木', follows: true },
  { id: 'lin', nickname: 'Lin', follows: false },
]

export type PersonOptions = Omit<Person, 'avatar'>

const COLOURS = [
  ['#ffb56b', '#f2637e'],
  ['#5fb58c', '#2f7f78'],
  ['#8aa4ff', '#6a5acd'],
] as const

/** A person's picture as SVG: a letter of the name. `at`: the person's place among all, for the colour. */
export function avatarSvg({ nickname }: Person, at: number): string {
  // Of a Chinese name the last character is what friends call somebody.
  const letter = escapeXml([...nickname].at(/^\p{Script=Han}+$/u.test(nickname) ? -1 : 0) ?? '')
  const [from, to] = COLOURS[at % COLOURS.length] ?? COLOURS[0]
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 132 132"><defs><linearGradient id="g" x2="1" y2="1">' +
    `<stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs>` +
    '<rect width="132" height="132" fill="url(#g)"/><text x="66" y="86" font-family="sans-serif" font-size="58" ' +
    `fill="#fff" text-anchor="middle">${letter}</text></svg>`
  )
}

const escapeXml = (text: string): string => text.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`)
