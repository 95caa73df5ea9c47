import { hash } from 'node:crypto'
import type { Logger } from 'pino'
import { countHit } from 'starter-server/countHit'
import { onPush, WechatApiError, type PushHandler, type Store, type Wechat } from 'wechat-core'
import { sendSubscribeMessage, sendTemplateMessage } from 'wechat-core/api'
import type { Members } from 'wechat-core/login'
import type { SignupAnswers } from '@app/shared/signupForm'
import type { Env } from '../../env.ts'
import type { Articles } from '../articles.ts'
import type { Article } from '../contract.ts'
import type { Signup, Signups } from './signups.ts'

interface Parts {
  env: Pick<Env, 'publicUrl'>
  wechat: Pick<Wechat, 'api'>
  store: Pick<Store, 'increment'>
  articles: Articles
  members: Members
  signups: Signups
  log: Pick<Logger, 'warn'>
}

/** Messages to those who signed up, where the article's front matter has one (`signup.confirm`). */
export interface Confirmations {
  /** Sends it. A sign-up counts without it: nobody waits for it, and a failure is logged. */
  send(article: Article, openid: string, signup: Signup): void
  /** A notice may be sent once the person has allowed it, which WeChat tells. */
  handlers: PushHandler[]
  /** Resolves when none is under way. */
  settled(): Promise<void>
}

// Whoever withdraws and signs up again all day would use up what the account may send.
const MOST_A_DAY = 5 // to one person, for one article
const DAY = 86_400_000

const NOT_ALLOWED = 43101 // by this person, or not yet
const NO_FOLLOWER = 43004

export function createConfirmations(parts: Parts): Confirmations {
  const { env, wechat, store, articles, members, signups, log } = parts
  const underWay = new Set<Promise<void>>()

  async function tell(article: Article, openid: string, signup: Signup): Promise<void> {
    const { confirm } = article.signup ?? {}
    if (!confirm) return
    // A mark that says neither who nor where: it outlives the sign-up.
    const mark = hash('sha256', `${article.slug}:${members.keyOf(openid)}`, 'base64url')
    if ((await countHit(store, `confirmed:${mark}`, DAY)) > MOST_A_DAY) return
    const page = new URL(`/articles/${article.slug}`, env.publicUrl).href
    const message = { openid, templateId: confirm.id, data: filled(confirm.data, article, signup) }
    try {
      if (confirm.kind === 'template') await sendTemplateMessage(wechat, { ...message, url: page })
      else await sendSubscribeMessage(wechat, { ...message, page })
    } catch (error) {
      if (error instanceof WechatApiError && [NOT_ALLOWED, NO_FOLLOWER].includes(error.errcode)) return
      log.warn({ err: error }, `a sign-up for ${article.slug} was kept, and not confirmed by a message`)
    }
  }

  /** The sign-up of this person that was changed last, of those that this notice confirms. */
  async function newest(templateId: string, person: string) {
    let found: { article: Article; signup: Signup } | undefined
    for (const { slug } of await articles.list()) {
      const article = await articles.find(slug)
      const confirm = article?.signup?.confirm
      if (!article || confirm?.kind !== 'subscribe' || confirm.id !== templateId) continue
      const { mine } = await signups.state(slug, person)
      if (mine && (!found || mine.updatedAt > found.signup.updatedAt)) found = { article, signup: mine }
    }
    return found
  }

  return {
    send(article, openid, signup) {
      const work = tell(article, openid, signup).finally(() => underWay.delete(work))
      underWay.add(work)
    },
    handlers: [
      onPush('event.subscribe_msg_popup_event', async ({ fromUserName, answers }) => {
        for (const { templateId, accepted } of answers) {
          const found = accepted && (await newest(templateId, members.keyOf(fromUserName)))
          if (found) await tell(found.article, fromUserName, found.signup)
        }
      }),
    ],
    settled: async () => void (await Promise.all(underWay)),
  }
}

// What WeChat takes in a field of each kind: more is refused as a whole (47003).
// https://developers.weixin.qq.com/doc/offiaccount/Subscription_Messages/api.html
const LONGEST: Record<string, number> = { thing: 20, name: 10, phrase: 5, character_string: 32 }

function filled(data: Record<string, string>, article: Article, signup: Signup): Record<string, string> {
  const values = new Map(Object.entries(textsOf(signup.fields)))
  values.set('title', article.title)
  values.set('time', formatTime(signup.createdAt))
  return Object.fromEntries(
    Object.entries(data).map(([field, text]) => {
      const full = text.replace(/\{(\w+)\}/g, (_, name: string) => values.get(name) ?? '')
      const limit = LONGEST[/^[a-z_]+/.exec(field)?.[0] ?? ''] ?? 100
      // WeChat takes no empty value.
      return [field, [...full].slice(0, limit).join('') || '-']
    }),
  )
}

const textsOf = (answers: SignupAnswers): Record<string, string> =>
  Object.fromEntries(
    Object.entries(answers).map(([name, value]) => [name, value === true ? '✓' : `${value}`]),
  )

// 2026-12-01 14:05, as people in China read it.
const formatTime = (time: string): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(time))
