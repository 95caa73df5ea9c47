import { expect, it } from 'vitest'
import { createCardStack } from './cardStack.ts'
import type { ShareCard } from './shareCard.ts'
import type { ShareResult } from './sharing.ts'
import { WechatError, type WechatErrorCode } from './wechatError.ts'

const card = (title: string): ShareCard => ({ title, desc: 'D', imgUrl: '/a.jpg' })

/** A stack under a WeChat that answers when the test says so. */
function stackByHand() {
  const asked: {
    title: string
    done: (shared: ShareResult | undefined) => void
    fail: (error: Error) => void
  }[] = []
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const window = Object.assign(new EventTarget(), { document })
  const stack = createCardStack({
    window: window as unknown as Window,
    share: ({ title }) => new Promise((done, fail) => asked.push({ title, done, fail })),
    isUndecided: () => false,
  })
  return {
    ...{ asked, document, window, stack },
    titles: () => asked.map(({ title }) => title),
    claim(title?: string) {
      const heard = { status: 'pending', code: undefined as string | undefined }
      const claim = stack.claim((status, error) => Object.assign(heard, { status, code: error?.code }))
      claim.want(title === undefined ? undefined : card(title))
      return { ...claim, heard }
    },
    async answer(answer: ShareResult | WechatErrorCode) {
      await settle()
      const last = asked[asked.length - 1]
      if (answer === 'set' || answer === 'legacy' || answer === 'posted') last?.done(answer)
      else last?.fail(new WechatError(answer, answer))
      await settle()
    },
  }
}
const settle = () => new Promise((done) => setTimeout(done))

it.each([
  ['set', 'ready'],
  ['legacy', 'legacy'],
  ['posted', 'posted'],
  ['config_refused', 'failed'],
] as const)('%s is told as %s, and not before', async (answer, status) => {
  const { claim, answer: say } = stackByHand()
  const { heard } = claim('page')
  await settle()
  expect(heard.status).toBe('pending')
  await say(answer)
  expect(heard).toEqual({ status, code: status === 'failed' ? answer : undefined })
})

it('waits for a card that is not known yet, and follows its changes', async () => {
  const { claim, titles, answer } = stackByHand()
  const { heard, want } = claim()
  await settle()
  expect([heard.status, titles()]).toEqual(['pending', []])
  want(card('page'))
  await answer('set')
  want(card('changed'))
  await settle()
  expect([heard.status, titles()]).toEqual(['pending', ['page', 'changed']])
})

it('an answer that comes late, after the next card, changes nothing', async () => {
  const { claim, asked, answer } = stackByHand()
  const { heard, want } = claim('page')
  await settle()
  want(card('next'))
  await settle()
  asked[0]?.fail(new WechatError('config_refused', 'old'))
  await settle()
  expect(heard.status).toBe('pending')
  await answer('set')
  expect(heard.status).toBe('ready')
})

it('a dialog has its card while it is open, and the page again when it is closed', async () => {
  const { claim, titles, answer } = stackByHand()
  const page = claim('page')
  await answer('set')
  const dialog = claim('dialog')
  await settle()
  expect(page.heard.status).toBe('covered')
  await answer('set')
  expect(dialog.heard.status).toBe('ready')
  page.want(card('page, changed below'))
  await settle()
  dialog.release()
  await settle()
  expect(page.heard.status).toBe('pending')
  await answer('set')
  expect([page.heard.status, titles()]).toEqual(['ready', ['page', 'dialog', 'page, changed below']])
})

it('a card that is overtaken on its way does not stay pending', async () => {
  const { claim, answer, titles } = stackByHand()
  const page = claim('page')
  await settle()
  claim('dialog')
  await answer('set')
  expect([page.heard.status, titles()]).toEqual(['covered', ['page', 'dialog']])
})

it('of those that come at once only the newest is asked for', async () => {
  const { claim, titles } = stackByHand()
  claim('site')
  claim('page')
  await settle()
  expect(titles()).toEqual(['page'])
})

it('until the page knows its card, and after WeChat has refused it, the one below stands', async () => {
  const { claim, answer, titles } = stackByHand()
  const site = claim('site')
  const page = claim()
  await answer('set')
  expect([site.heard.status, page.heard.status]).toEqual(['ready', 'pending'])
  page.want(card('page'))
  await answer('card_refused')
  await answer('set')
  expect([site.heard.status, page.heard]).toEqual(['ready', { status: 'failed', code: 'card_refused' }])
  expect(titles()).toEqual(['site', 'page', 'site'])
})

it('what is put aside shares nothing; when it is back it is the newest, with the dialog that is open on it', async () => {
  const { claim, answer, titles } = stackByHand()
  const list = claim('list')
  const dialog = claim('dialog on the list')
  await answer('set')
  list.hide()
  dialog.hide()
  claim('article')
  await answer('set')
  list.want(card('hidden'))
  await settle()
  expect([list.heard.status, dialog.heard.status]).toEqual(['covered', 'covered'])
  dialog.show() // as Vue does it: what lies inside first
  list.show()
  await answer('set')
  expect([list.heard.status, dialog.heard.status]).toEqual(['covered', 'ready'])
  expect(titles()).toEqual(['dialog on the list', 'article', 'dialog on the list'])
})

it('what is gone neither asks nor hears', async () => {
  const { claim, asked, answer } = stackByHand()
  const { heard, release } = claim('page')
  await settle()
  release()
  await answer('set')
  expect([heard.status, asked.length]).toEqual(['pending', 1])
})

it('sets the card again when the page comes back, and goes on saying ready meanwhile', async () => {
  const { claim, answer, asked, document, window } = stackByHand()
  const { heard } = claim('page')
  await answer('set')
  document.visibilityState = 'hidden'
  document.dispatchEvent(new Event('visibilitychange'))
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }))
  await settle()
  expect(asked).toHaveLength(1)
  document.visibilityState = 'visible'
  document.dispatchEvent(new Event('visibilitychange'))
  await settle()
  expect([asked.length, heard.status]).toEqual([2, 'ready'])
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))
  await settle()
  expect([asked.length, heard.status]).toEqual([3, 'ready'])
})

it.each([
  ['not_signed', 2],
  ['script_not_loaded', 2],
  ['no_answer', 2],
  ['config_refused', 1],
] as const)('after %s the network is back: asked %i times in all', async (code, times) => {
  const { claim, answer, asked, window } = stackByHand()
  claim('page')
  await answer(code)
  window.dispatchEvent(new Event('online'))
  await settle()
  expect(asked).toHaveLength(times)
})

it('refresh() sets the card again, and settles with the answer', async () => {
  const { claim, answer, asked } = stackByHand()
  const page = claim('page')
  await answer('config_refused')
  let settled = false
  const refreshed = page.refresh().then(() => (settled = true))
  await settle()
  expect([asked.length, settled]).toEqual([2, false])
  await answer('set')
  await refreshed
  expect(page.heard.status).toBe('ready')

  const dialog = claim('dialog')
  await answer('set')
  await page.refresh()
  expect(asked).toHaveLength(3)
  expect(dialog.heard.status).toBe('ready')
})
