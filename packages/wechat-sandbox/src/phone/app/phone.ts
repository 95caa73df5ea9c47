// The phone that a person sees in their browser, wired together: its screens, what pages ask for, and the panel.
import type { NativeReply, ShareTarget } from '../../bridge/messages.ts'
import type { Entry } from '../../platform/conversations.ts'
import type { Act } from '../acts.ts'
import { createAccountChat } from './accountChat.js'
import { showChatList, showDiscover } from './chatList.js'
import { button, byId, el, icon } from './elements.js'
import { chooseFontSize } from './fontSize.js'
import { chatCard, showFriendChat, showMoments } from './friendChat.js'
import { ICONS } from './icons.js'
import { openLayer, toast } from './layer.js'
import { MOMENTS, mailbox, type Shared } from './mailbox.js'
import { showMap } from './map.js'
import { createPanel } from './panel.js'
import { viewPictures } from './pictures.js'
import { askPerson, scan, type PageQuestion } from './questions.js'
import { createScreens } from './screens.js'
import { listen, server } from './server.js'
import { openShareSheet } from './shareSheet.js'
import { createStore } from './store.js'
import { createWebView } from './webView.js'
import { words } from './words.js'

const store = await createStore()
let entries: Entry[] = []
let unread = 0
let friendId = store.others[0]?.id ?? ''
let scanned = ''

const panel = createPanel(store)
const webView = createWebView({ onPage, onCall, onQuestion })
const accountChat = createAccountChat(store, () => entries, { act, open: openFromAccount })
const listActions = {
  openAccount: () => screens.go('account'),
  openFriend: (id: string) => ((friendId = id), screens.go('chat')),
  openMoments: () => screens.go('moments'),
  scan: () => void scanByPerson(),
  panel: panel.toggle,
}
const sharedActions = { open: ({ bare }: Shared, link: string) => openPage(link, { bare }), handOver }
const screens = createScreens(
  {
    chats: {
      title: () => words.chats,
      show: () => showChatList(store, { last: entries.at(-1), unread }, listActions),
    },
    discover: { title: () => words.discover, show: () => showDiscover(listActions) },
    account: { title: () => store.state.account.name, show: () => ((unread = 0), accountChat.show()) },
    chat: {
      title: () => store.person(friendId).nickname,
      show: () => showFriendChat(store, friendId, sharedActions),
    },
    moments: { title: () => words.moments, show: () => showMoments(store, sharedActions) },
    web: {
      title: () => webView.title || words.webPage,
      show: () => (byId('close').hidden = !webView.canGoBack),
      back: () => {
        if (webView.canGoBack) webView.back()
        else closePage()
        return true
      },
    },
  },
  'web',
)

drawBars()
store.onChange((now, before) => {
  dress()
  const reload = ['device', 'look'] as const
  const changed = reload.some((part) => JSON.stringify(now[part]) !== JSON.stringify(before[part]))
  if (now.person !== before.person) void changeHolder()
  else if (changed && webView.url) {
    webView.reload()
    toast(words.switched)
  }
  if (screens.shown !== 'web') screens.update()
})
const live = listen({
  // What was missed while this page was in the background is asked for.
  opened: () => void Promise.all([panel.load(), loadConversation()]),
  activity: (activity) => panel.add(activity),
  entry: hear,
})
dress()
window.addEventListener('popstate', () => openPage(location.href))
openPage(location.href)

// Followers who come from the account's conversation or menu log in silently; the platform learns of it by a cookie
// (platform/open/visitor.ts).
function openFromAccount(address: string, how = { bare: false }): void {
  openPage(address, how)
  document.cookie = 'wechat_entry=chat; path=/__wechat; samesite=lax'
}

function openPage(address: string, how = { bare: false }): void {
  document.cookie = 'wechat_entry=; path=/__wechat; max-age=0'
  webView.open(address, how)
  screens.go('web')
  showMore(true)
}

function onPage(title: string, url: string): void {
  document.title = `${title} · ${words.sandbox}`
  // The address bar of the browser follows, so that a reload opens the same page on the phone.
  const { origin, pathname } = new URL(url)
  if (origin === location.origin && !pathname.startsWith('/__wechat/')) history.replaceState(null, '', url)
  if (screens.shown === 'web') screens.update()
}

function onCall(name: string, params: Record<string, unknown>, reply: NativeReply): void {
  const done = reply.err_msg.endsWith(':ok')
  if (name === 'preVerifyJSAPI' && !done) return toast(words.whyRefused, panel.openLog)
  if (!done) return
  if (/menu/i.test(name)) void webView.menu().then(({ shown }) => showMore(shown))
  if (name === 'closeWindow') closePage()
  if (name === 'imagePreview') {
    const urls = Array.isArray(params['urls']) ? params['urls'].map(String) : []
    if (urls.length) viewPictures(urls, String(params['current']))
  }
  if (name === 'openLocation') showMap(params)
  // Without needResult the page gets nothing: WeChat itself opens what was scanned.
  if (name === 'scanQRCode' && params['needResult'] !== 1) openScanned(scanned)
}

async function onQuestion(question: PageQuestion): Promise<unknown> {
  const answer = await askPerson(question)
  if (question.kind === 'scan') scanned = typeof answer === 'string' ? answer : ''
  if (question.kind === 'openTag' && question.tag === 'wx-open-subscribe') {
    const templateIds = (question.attributes['template'] ?? '').split(',').filter(Boolean)
    if (templateIds.length) act({ kind: 'subscribe', templateIds, accepts: answer === true })
  }
  return answer
}

function closePage(): void {
  webView.close()
  screens.home('chats')
}

async function share(target: ShareTarget): Promise<void> {
  const card = await webView.card(target)
  if (!card) return toast(words.noCard)
  const to = target === 'timeline' ? MOMENTS : target === 'appmessage' ? friendId : target
  const shared: Shared = { from: store.me.id, to, at: store.state.clock.now, card, bare: webView.bare }
  if (target === 'appmessage' || target === 'timeline') {
    mailbox.add(shared)
    screens.go(target === 'timeline' ? 'moments' : 'chat')
    return toast(target === 'timeline' ? words.posted : words.sent)
  }
  const place = words[target]
  openLayer('dialog', words.shownIn(place), (close) => [
    el('h2', {}, words.shownIn(place)),
    chatCard(shared, store.state.account.name, { open: close }),
    el('div', { class: 'dialog-buttons' }, button('primary', close, [words.confirm])),
  ])
}

async function more(): Promise<void> {
  openShareSheet(await webView.menu(), {
    share: (target) => void share(target),
    copy: () => void navigator.clipboard.writeText(webView.url).then(() => toast(words.copied)),
    reload: () => webView.reload(),
    fontSize: () => chooseFontSize(store),
    panel: panel.toggle,
  })
}

async function scanByPerson(): Promise<void> {
  const tell = (scene: string) => (act({ kind: 'scanCode', scene }), screens.go('account'))
  const text = await scan({ tell })
  if (text !== null) openScanned(text)
}

function openScanned(text: string): void {
  if (/^https?:\/\//.test(text)) openPage(text)
  else toast(text)
}

function act(wanted: Act): void {
  server.act(wanted).then(
    ({ open }) => {
      if (open) openFromAccount(open)
      if (wanted.kind === 'follow' || wanted.kind === 'unfollow') void store.refresh()
    },
    (error: Error) => toast(error.message),
  )
}

function hear(entry: Entry): void {
  if (entries.some(({ id }) => id === entry.id)) return
  entries.push(entry)
  if (screens.shown === 'account') return accountChat.add(entry)
  if (entry.from !== 'person') unread++
  if (screens.shown === 'chats') screens.update()
}

async function loadConversation(): Promise<void> {
  entries = await server.conversation()
  if (screens.shown !== 'web') screens.update()
}

function handOver(person: string): void {
  const from = store.me.id
  void store.change('person', { person }).then(() => {
    friendId = from
    screens.update()
  })
}

// Another person has another conversation, and is another visitor of the page.
async function changeHolder(): Promise<void> {
  unread = 0
  friendId = store.others[0]?.id ?? ''
  live.restart()
  if (screens.shown === 'web') webView.reload()
  toast(words.switched)
}

function drawBars(): void {
  byId('back').append(icon(ICONS.back))
  byId('back').setAttribute('aria-label', words.back)
  byId('back').addEventListener('click', screens.back)
  byId('close').append(icon(ICONS.close))
  byId('close').setAttribute('aria-label', words.close)
  byId('close').addEventListener('click', closePage)
  byId('more').setAttribute('aria-label', words.menu)
  byId('more').addEventListener('click', () => void more())
  const tab = (screen: 'chats' | 'discover') =>
    button('tab', () => screens.home(screen), [icon(ICONS[screen]), words[screen]], { 'data-screen': screen })
  byId('tabs').append(tab('chats'), tab('discover'))
}

/** A page may hide "···"; other screens have none. */
function showMore(shown: boolean): void {
  byId('more').hidden = !shown
}

function dress(): void {
  const { device, look, clock } = store.state
  Object.assign(document.body.dataset, { os: device.os, theme: look.theme })
  byId('network').textContent = device.networkType === 'none' ? '✕' : device.networkType.toUpperCase()
  const time = new Date(clock.now)
  byId('time').textContent = time.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
}
