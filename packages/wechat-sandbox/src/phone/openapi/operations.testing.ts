// Every operation of the control: what it takes, what it answers, and an example that a test sends.
import { z } from 'zod'
import { settingsSchema } from '../../platform/push/settings.ts'
import { actSchema } from '../acts.ts'
import { BODIES } from '../controlBodies.ts'
import { DRIVE_BODIES } from '../driveBodies.ts'
import * as answers from './answers.testing.ts'

export interface Operation {
  method: 'get' | 'post'
  /** Below the server's address, as OpenAPI writes it. */
  path: string
  summary: string
  /** Beside `phone` and `as`, which all take. */
  query?: Record<string, z.ZodType>
  body?: z.ZodType
  example?: unknown
  answer: z.ZodType | 'events' | 'file'
  /** Beside 400 and 403. */
  refusals?: readonly (404 | 409 | 503 | 504)[]
  /** `programs`: no browser may ask. `tab`: only what shows a phone does. Else both do. */
  for?: 'programs' | 'tab'
}

const wait = z.number().min(0).max(60)
const SECONDS = 'seconds to wait for it'
const DRIVEN = [409, 503, 504] as const
const state = answers.state

export const OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: '/open',
    summary:
      'Opens a page of the site on the phone, as somebody, on a system. A tab that shows the phone opens it; where there is none, Chromium is started without a window.',
    body: DRIVE_BODIES.open,
    example: { url: '/tea', as: 'lin', os: 'android' },
    answer: answers.page,
    refusals: DRIVEN,
    for: 'programs',
  },
  {
    method: 'get',
    path: '/page',
    summary: 'The open page: address, title and visible text. With `text`, once the page shows it.',
    query: { text: z.string(), wait: wait.describe(SECONDS) },
    answer: answers.page,
    refusals: DRIVEN,
    for: 'programs',
  },
  {
    method: 'get',
    path: '/config',
    summary: 'The outcome of the last `wx.config` of the open page; waits for one.',
    query: { wait: wait.describe(SECONDS) },
    answer: answers.config,
    refusals: [504],
    for: 'programs',
  },
  {
    method: 'get',
    path: '/call',
    summary:
      'The last call of that native name by the open page, such as `updateAppMessageShareData`; waits for one.',
    query: { name: z.string(), wait: wait.describe(SECONDS) },
    answer: answers.call,
    refusals: [504],
    for: 'programs',
  },
  {
    method: 'post',
    path: '/share',
    summary:
      'Taps "···" and a target; the card that others see. Waits until the page has set one of its own.',
    body: DRIVE_BODIES.share,
    example: { target: 'appmessage' },
    answer: answers.card,
    refusals: DRIVEN,
    for: 'programs',
  },
  {
    method: 'post',
    path: '/login',
    summary: 'Answers the page on which people log in: agrees, as whom is wanted, or declines.',
    body: DRIVE_BODIES.login,
    example: { allow: true, as: 'lin' },
    answer: answers.page,
    refusals: DRIVEN,
    for: 'programs',
  },
  {
    method: 'post',
    path: '/tap',
    summary: 'Taps a link or a button of the page, by its text or a CSS selector.',
    body: DRIVE_BODIES.tap,
    example: { text: 'Log in' },
    answer: answers.page,
    refusals: DRIVEN,
    for: 'programs',
  },
  {
    method: 'post',
    path: '/close',
    summary: 'Ends the Chromium that was started for this phone, if there is one.',
    body: BODIES.nothing,
    example: {},
    answer: answers.closed,
    for: 'programs',
  },
  {
    method: 'post',
    path: '/act',
    summary:
      "What a person does in the account's conversation: writes, taps the menu, follows, scans. With `wait`, what the site's server said to it.",
    query: { wait: wait.describe("seconds to wait for the site's server; else it is told without waiting") },
    body: actSchema,
    example: { kind: 'text', content: 'hello' },
    answer: answers.acted,
    refusals: [504],
  },
  {
    method: 'get',
    path: '/conversation',
    summary: "The account's conversation with who holds the phone, oldest first.",
    answer: answers.entries,
  },
  {
    method: 'get',
    path: '/state',
    summary:
      'Everything that can be changed, and how it stands: people, device, account, switches, faults, clock.',
    answer: state,
  },
  {
    method: 'get',
    path: '/activity',
    summary: 'The log: pages, calls of pages with their refusals explained, API calls, pushes. The last 200.',
    answer: answers.activities,
  },
  {
    method: 'post',
    path: '/activity/clear',
    summary: 'Empties the log.',
    body: BODIES.nothing,
    example: {},
    answer: answers.nothing,
  },
  {
    method: 'post',
    path: '/device',
    summary: "The phone's system, version of WeChat, network, font size, theme.",
    body: BODIES.device,
    example: { os: 'android', networkType: '4g' },
    answer: state,
  },
  {
    method: 'post',
    path: '/person',
    summary: 'Hands the phone to somebody.',
    body: BODIES.person,
    example: { person: 'amu' },
    answer: state,
    refusals: DRIVEN,
  },
  {
    method: 'post',
    path: '/account',
    summary: "The account's domains, as WeChat's console takes them.",
    body: BODIES.account,
    example: { jsDomains: ['localhost:5180'], oauthDomain: 'localhost:5180' },
    answer: state,
  },
  {
    method: 'post',
    path: '/server',
    summary: "The account's server configuration. Its address is asked for proof first.",
    body: settingsSchema.partial().strict(),
    example: { mode: 'safe' },
    answer: state,
  },
  {
    method: 'post',
    path: '/switch',
    summary: 'Turns a switch of the platform; `GET /state` lists them.',
    body: BODIES.switch,
    example: { name: 'snapshot', value: true },
    answer: state,
  },
  {
    method: 'post',
    path: '/quirk',
    summary: 'Turns what is only believed of the app; `GET /state` lists it.',
    body: BODIES.quirk,
    example: { name: 'iosJudgesBy', value: 'current' },
    answer: state,
  },
  {
    method: 'post',
    path: '/fault',
    summary: "Makes a path of the platform's API fail.",
    body: BODIES.fault,
    example: { path: '/cgi-bin/ticket/getticket', fault: { errcode: 45009 }, times: 1 },
    answer: state,
  },
  {
    method: 'post',
    path: '/faults/clear',
    summary: 'Nothing fails any more, and nothing is slow.',
    body: BODIES.nothing,
    example: {},
    answer: state,
  },
  {
    method: 'post',
    path: '/credentials',
    summary: "Ends the site's access_token or ticket behind its back.",
    body: BODIES.credentials,
    example: { event: 'token taken' },
    answer: state,
  },
  {
    method: 'post',
    path: '/clock',
    summary: "Moves the platform's clock forward.",
    body: BODIES.clock,
    example: { seconds: 7200 },
    answer: state,
  },
  {
    method: 'get',
    path: '/media/{id}',
    summary: 'A picture or recording of the conversation.',
    answer: 'file',
    refusals: [404],
  },
  {
    method: 'get',
    path: '/events',
    summary: 'What happens, as server-sent events: `activity`, `entry` and `order`.',
    answer: 'events',
  },
  {
    method: 'post',
    path: '/here',
    summary: 'A tab shows this phone from now on.',
    body: BODIES.nothing,
    example: {},
    answer: answers.nothing,
    for: 'tab',
  },
  {
    method: 'post',
    path: '/gone',
    summary: 'The tab that showed this phone goes.',
    body: BODIES.nothing,
    example: {},
    answer: answers.nothing,
    for: 'tab',
  },
  {
    method: 'post',
    path: '/answered',
    summary: 'How an `order` of /events went.',
    body: DRIVE_BODIES.answered,
    example: { id: '0', answer: {} },
    answer: answers.awaited,
    for: 'tab',
  },
]
