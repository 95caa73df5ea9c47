// The phone that a person sees in their browser: a bar, a web view, the share menu, a chat and Moments.
import { showChat, showMoments } from './chat.js'
import { byId } from './elements.js'
import { createInspector, type BridgeCall } from './inspector.js'
import { createShareSheet } from './shareSheet.js'
import type { Card, Person, PhoneState } from './state.js'
import { words } from './words.js'

type Screen = 'webview' | 'chat' | 'moments'
type PageMessage =
  | ({ event: 'call' } & BridgeCall)
  | { event: 'page'; title: string; url: string }
  | { event: 'card'; id: string; card: Card }

const webview = byId<HTMLIFrameElement>('webview')
let state: PhoneState = await (await fetch('/__wechat/phone/state')).json()
let pageTitle = ''
let shown: Screen = 'webview'

const inspector = createInspector(state, change)
const sheet = createShareSheet({
  share,
  copy,
  reload: () => webview.contentWindow?.location.reload(),
  panel: inspector.toggle,
})

document.body.dataset['os'] = state.os
byId('more').addEventListener('click', sheet.open)
byId('back').addEventListener('click', back)
webview.addEventListener('load', onLoad)
window.addEventListener('message', onMessage)
window.addEventListener('popstate', () => open(location.href))
open(location.href)

function open(address: string): void {
  show('webview')
  inspector.clear()
  // Loading by replace keeps the browser's own back button for leaving the phone.
  webview.contentWindow?.location.replace(address)
}

function show(screen: Screen): void {
  shown = screen
  for (const id of ['webview', 'chat', 'moments'] as const) byId(id).hidden = id !== screen
  const friend = friendOf(state)
  byId('title').textContent =
    screen === 'chat' ? friend.nickname : screen === 'moments' ? words.moments : pageTitle
  byId('more').hidden = screen !== 'webview'
}

function back(): void {
  if (shown !== 'webview') return show('webview')
  webview.contentWindow?.history.back()
}

// A full load: pages of the platform, like the login, have no bridge and are described from here.
function onLoad(): void {
  const title = webview.contentDocument?.title
  if (title) describe(title)
}

function onMessage(event: MessageEvent<PageMessage & { from?: string }>): void {
  if (event.origin !== location.origin || event.data?.from !== 'wechat-page') return
  const message = event.data
  if (message.event === 'call') inspector.record(message)
  if (message.event === 'page') {
    describe(message.title)
    // The address bar of the browser follows, so that a reload opens the same page on the phone.
    history.replaceState(null, '', message.url)
  }
}

function describe(title: string): void {
  pageTitle = title
  if (shown === 'webview') byId('title').textContent = title
  document.title = `${title} · ${words.sandbox}`
}

async function share(target: 'appmessage' | 'timeline'): Promise<void> {
  const card = await askForCard(target)
  if (!card) return
  const me = state.people.find(({ id }) => id === state.person) ?? friendOf(state)
  const context = { card, me, friend: friendOf(state), siteName: state.account.name, open }
  if (target === 'appmessage') showChat(context)
  else showMoments(context)
  show(target === 'appmessage' ? 'chat' : 'moments')
  toast(target === 'appmessage' ? words.sent : words.posted)
}

function askForCard(target: 'appmessage' | 'timeline'): Promise<Card | undefined> {
  const id = String(Math.random())
  return new Promise((done) => {
    const onAnswer = (event: MessageEvent<PageMessage>) => {
      if (event.origin !== location.origin || event.data?.event !== 'card' || event.data.id !== id) return
      window.removeEventListener('message', onAnswer)
      done(event.data.card)
    }
    window.addEventListener('message', onAnswer)
    setTimeout(() => done(undefined), 3000)
    webview.contentWindow?.postMessage({ to: 'wechat-page', action: 'share', target, id }, location.origin)
  })
}

async function copy(): Promise<void> {
  await navigator.clipboard.writeText(webview.contentWindow?.location.href ?? location.href)
  toast(words.copied)
}

async function change(wanted: { os?: string; person?: string }): Promise<void> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wanted),
  }
  state = await (await fetch('/__wechat/phone/state', init)).json()
  document.body.dataset['os'] = state.os
  open(webview.contentWindow?.location.href ?? location.href)
  toast(words.switched)
}

function friendOf({ people, person }: PhoneState): Person {
  const friend = people.find(({ id }) => id !== person) ?? people[0]
  if (!friend) throw new Error('the sandbox has no people')
  return friend
}

function toast(text: string): void {
  const line = byId('toast')
  line.textContent = text
  line.hidden = false
  setTimeout(() => (line.hidden = true), 1600)
}
