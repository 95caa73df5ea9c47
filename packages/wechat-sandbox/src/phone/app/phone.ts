// The phone that a person sees in their browser, wired together: its screens, the web view, what happens, the panel.
import type { Act } from '../acts.ts'
import { createAccountChat } from './accountChat.js'
import { drawBars, dress } from './bars.js'
import { showChatList, showDiscover } from './chatList.js'
import { createConversation } from './conversation.js'
import { byId } from './elements.js'
import { showFriendChat, showMoments } from './friendChat.js'
import { toast } from './layer.js'
import { createOrders } from './orders.js'
import { createPageCalls } from './pageCalls.js'
import { createPanel } from './panel.js'
import { scan } from './questions.js'
import { SANDBOX_PATH } from './sandboxPath.js'
import { createScreens } from './screens.js'
import { listen, server } from './server.js'
import { openMore } from './sharing.js'
import { offer, readLink } from './setUps.js'
import { createStore } from './store.js'
import { isForProgram, takeTurn } from './phoneName.js'
import { holdTopWindow } from './topWindow.js'
import { createWebView } from './webView.js'
import { words } from './words.js'

const store = await createStore()
const conversation = createConversation()
let friendId = store.others[0]?.id ?? ''
/** Runs while the account is typing. */
let typingEnds: ReturnType<typeof setTimeout> | undefined

const panel = createPanel(store)
const pageCalls = createPageCalls({
  onMenu: () => void webView.menu().then(({ shown }) => (byId('more').hidden = !shown)),
  closePage,
  openScanned,
  openLog: panel.openLog,
  act,
})
// A page that was loaded may have been a login as somebody else.
const webView = createWebView({ onPage, onLoad: () => void store.refresh(), ...pageCalls })
const accountChat = createAccountChat(store, conversation, { act, open: openFromAccount })
const fromList = {
  openAccount: () => screens.go('account'),
  openFriend(id: string) {
    friendId = id
    screens.go('chat')
  },
  openMoments: () => screens.go('moments'),
  scan: () => void scanByPerson(),
  panel: panel.toggle,
}
const fromCard = { open: openPage, handOver }
const screens = createScreens(
  {
    chats: { title: () => words.chats, show: () => showChatList(store, conversation, fromList) },
    discover: { title: () => words.discover, show: () => showDiscover(fromList) },
    account: { title: accountTitle, show: () => accountChat.show() },
    chat: {
      title: () => store.person(friendId).nickname,
      show: () => showFriendChat(store, friendId, fromCard),
    },
    moments: { title: () => words.moments, show: () => showMoments(store, fromCard) },
    web: {
      title: () => webView.title || words.webPage,
      show: () => (byId('close').hidden = !webView.canGoBack),
      back: () => (webView.canGoBack ? webView.back() : closePage()),
    },
  },
  'web',
)

/** What was open when somebody else took the phone. */
let left: { url: string; bare: boolean } | undefined

drawBars({
  back: screens.back,
  close: closePage,
  more: () => void openMore(store, webView, { friend: () => friendId, go: screens.go, panel: panel.toggle }),
  home: screens.home,
})
store.onHandOver(async () => {
  left = webView.isOpen ? { url: webView.address, bare: webView.bare } : undefined
  await webView.close()
})
store.onChange((now, before, asked) => {
  dress(store)
  const isOther = JSON.stringify(now.device) !== JSON.stringify(before.device)
  if (now.person !== before.person) changeHolder()
  if (asked && now.person !== before.person) reopen()
  else if (isOther || now.look.fontScale !== before.look.fontScale) reload()
  if (screens.shown !== 'web') screens.update()
})
const orders = createOrders(store, webView, { open: openForProgram })
const live = listen({
  // What was missed while this page was in the background is asked for.
  opened() {
    orders.report()
    void Promise.all([panel.load(), loadConversation()])
  },
  order: orders.hear,
  activity: (activity) => panel.add(activity),
  entry(entry) {
    if (!conversation.hear(entry)) return
    if (screens.shown === 'account') accountChat.add(entry)
    if (screens.shown === 'chats') screens.update()
  },
  typing(until = 0) {
    clearTimeout(typingEnds)
    typingEnds = until > store.now() ? setTimeout(endTyping, until - store.now()) : undefined
    showTitle()
  },
})
dress(store)
setInterval(() => dress(store), 10_000)
holdTopWindow(webView)
for (const turn of ['focus', 'pointerdown']) window.addEventListener(turn, takeTurn)
// A tap in the site's page takes the focus from this one; what another tab takes is its turn.
window.addEventListener('blur', () => document.activeElement?.id === 'webview' && takeTurn())
window.addEventListener('popstate', () => openPage(location.href))
if (isForProgram) screens.home('chats')
else openFromAddressBar()

// A link into the phone may want something of it first.
function openFromAddressBar(): void {
  const link = readLink(location.href)
  openPage(link.address)
  if (link.wanted) offer(store, link.wanted, reload)
}

// Followers who come from the account's conversation or menu log in silently; the platform learns of it by a cookie
// (platform/oauth/visitor.ts).
function openFromAccount(address: string, how = { bare: false }): void {
  openPage(address, how)
  document.cookie = `wechat_entry=chat; path=${SANDBOX_PATH}; samesite=lax`
}

function openPage(address: string, how = { bare: false }): void {
  document.cookie = `wechat_entry=; path=${SANDBOX_PATH}; max-age=0`
  webView.open(address, how)
  screens.go('web')
  byId('more').hidden = false
}

function openForProgram(address: string, from: 'chat' | 'link' | 'bareLink'): void {
  const how = { bare: from === 'bareLink' }
  if (from === 'chat') openFromAccount(address, how)
  else openPage(address, how)
}

function onPage(title: string, url: string): void {
  document.title = `${title} · ${words.sandbox}`
  // The address bar of the browser follows, so that a reload opens the same page on the phone.
  const { origin, pathname } = new URL(url)
  if (origin === location.origin && !pathname.startsWith(`${SANDBOX_PATH}/`))
    history.replaceState(null, '', url)
  if (screens.shown === 'web') screens.update()
}

function closePage(): void {
  void webView.close()
  screens.home('chats')
}

async function scanByPerson(): Promise<void> {
  const text = await scan({
    tell(scene) {
      act({ kind: 'scanCode', scene })
      screens.go('account')
    },
  })
  if (text !== null) openScanned(text)
}

function openScanned(text: string): void {
  if (/^https?:\/\/weixin\.qq\.com\/q\//.test(text)) {
    act({ kind: 'scanTicket', ticket: text })
    screens.go('account')
  } else if (/^https?:\/\//.test(text)) openPage(text)
  else toast(text)
}

function act(wanted: Act): void {
  server.act(wanted).then(
    ({ open }) => {
      if (open) openFromAccount(open)
      if (['follow', 'unfollow', 'scanCode', 'scanTicket'].includes(wanted.kind)) void store.refresh()
    },
    (error: Error) => toast(error.message),
  )
}

function accountTitle(): string {
  return typingEnds === undefined ? store.state.account.name : words.typing
}

function endTyping(): void {
  typingEnds = undefined
  showTitle()
}

// The chat is not drawn again for it: somebody may be writing.
function showTitle(): void {
  if (screens.shown === 'account') byId('title').textContent = accountTitle()
}

async function loadConversation(): Promise<void> {
  await conversation.load()
  if (screens.shown !== 'web') screens.update()
}

async function handOver(person: string): Promise<void> {
  const from = store.me.id
  await store.change('person', { person })
  friendId = from
  screens.update()
}

// Another person has another conversation, and is another visitor of the page.
function changeHolder(): void {
  clearTimeout(typingEnds)
  endTyping()
  conversation.seen()
  friendId = store.others[0]?.id ?? ''
  live.restart()
}

// They have another phone, with the page that is looked at; one behind a chat they have never opened.
function reopen(): void {
  if (screens.shown !== 'web') return screens.forget('web')
  if (!left) return
  webView.open(left.url, { bare: left.bare })
  toast(words.switched)
}

function reload(): void {
  if (!webView.isOpen) return
  webView.reload()
  toast(words.switched)
}
