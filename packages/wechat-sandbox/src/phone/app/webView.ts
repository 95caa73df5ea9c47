import type { MenuState, NativeReply, SharedCard, ShareTarget } from '../../native/messages.ts'
import { byId, el } from './elements.js'
import { addressOf, takeTurn } from './phoneName.js'
import type { PageQuestion } from './questions.js'

type PageMessage = { from?: string; id?: string } & (
  | { event: 'call'; name: string; params: Record<string, unknown>; reply: NativeReply }
  | { event: 'page'; title: string; url: string }
  | { event: 'card'; card: SharedCard }
  | { event: 'menu'; menu: MenuState }
  | { event: 'question'; question: PageQuestion }
)

export interface WebView {
  readonly url: string
  /** What it shows, or is about to. Empty: nothing. */
  readonly address: string
  readonly title: string
  /** What the view shows; null for a page of another origin. */
  readonly document: Document | null
  /** A page is there, or on its way. */
  readonly isOpen: boolean
  /** The page was opened by a link that somebody tapped in a text. */
  readonly bare: boolean
  /** Whether this address is what the view shows, or is about to. */
  isAt(address: string): boolean
  open(address: string, how?: { bare: boolean }): void
  reload(): void
  /** Whether the page has been left for another one in this view. */
  readonly canGoBack: boolean
  back(): void
  /** Resolves when the page is gone. */
  close(): Promise<void>
  /** Resolves when the next page has been loaded. */
  loaded(): Promise<void>
  card(target: ShareTarget): Promise<SharedCard | undefined>
  menu(): Promise<MenuState>
}

export interface WebViewHandlers {
  onPage: (title: string, url: string) => void
  /** A document was loaded in full. */
  onLoad: () => void
  onCall: (name: string, params: Record<string, unknown>, reply: NativeReply) => void
  onQuestion: (question: PageQuestion) => Promise<unknown>
}

const PATIENCE = 3000
const BLANK = 'about:blank'

/** The site's page in its frame: the phone speaks with the bridge in it by messages. */
export function createWebView(handlers: WebViewHandlers): WebView {
  const frame = byId<HTMLIFrameElement>('webview')
  const progress = byId('progress')
  const launcher = loadLauncher()
  const waiting = new Map<string, (message: PageMessage) => void>()
  let [url, title, bare, asked] = ['', '', false, 0]
  /** What was opened and is not here yet. */
  let opening: string | undefined

  const tell = (message: object) =>
    frame.contentWindow?.postMessage({ ...message, to: 'wechat-page' }, location.origin)

  function request(message: object): Promise<PageMessage | undefined> {
    const id = String(++asked)
    return new Promise((done) => {
      waiting.set(id, done)
      setTimeout(() => waiting.delete(id) && done(undefined), PATIENCE)
      tell({ ...message, id })
    })
  }

  window.addEventListener('message', async ({ origin, source, data }: MessageEvent<PageMessage | null>) => {
    if (origin !== location.origin || source !== frame.contentWindow || data?.from !== 'wechat-page') return
    if (data.event === 'question') {
      const answer = await handlers.onQuestion(data.question)
      return tell({ action: `answer ${data.id}`, answer })
    }
    if (data.event === 'call') return handlers.onCall(data.name, data.params, data.reply)
    if (data.event === 'page') return describe(data.title, data.url)
    waiting.get(data.id ?? '')?.(data)
    waiting.delete(data.id ?? '')
  })

  // A full load: pages of the platform, like the login, have no bridge and are described from here.
  frame.addEventListener('load', () => {
    progress.hidden = true
    handlers.onLoad()
    const page = frame.contentDocument
    if (!page || page.location.href === BLANK) return
    opening = undefined
    // Also where it has no title: until its bridge speaks nothing else would say that a page is there.
    describe(page.title, page.location.href)
  })

  function launch(address: string): void {
    void launcher.then(({ launch }) => {
      takeTurn()
      if (frame.contentWindow) launch(frame.contentWindow, address)
    })
  }

  function describe(nextTitle: string, nextUrl: string): void {
    ;[title, url] = [nextTitle, nextUrl]
    // Only the hash may differ; then nothing is loaded.
    if (opening !== undefined && new URL(opening, location.href).href === url) opening = undefined
    handlers.onPage(title, url)
  }

  return {
    get url() {
      return url
    },
    get address() {
      return opening ?? url
    },
    get title() {
      return title
    },
    get document() {
      return frame.contentDocument
    },
    get isOpen() {
      return url !== '' || opening !== undefined
    },
    get bare() {
      return bare
    },
    isAt(address) {
      // A page of another origin does not tell.
      const now = frame.contentDocument?.location.href
      return now !== undefined && cutHash(now) === cutHash(address)
    },
    open(address, how = { bare: false }) {
      // A message or a menu can hold any text; as a script's address it would run in the phone's own page.
      if (!isPage(address)) return
      bare = how.bare
      opening = address
      progress.hidden = false
      // Loading by replace keeps the browser's own back button for leaving the phone.
      launch(address)
    },
    reload() {
      progress.hidden = false
      const now = opening ?? frame.contentDocument?.location.href ?? url
      // The page's own reload would not come from the launcher; and to the address that it has, with a hash, no way
      // leads but over another page.
      frame.addEventListener('load', () => launch(now), { once: true })
      frame.contentWindow?.location.replace(BLANK)
    },
    get canGoBack() {
      return frame.contentWindow?.navigation?.canGoBack ?? false
    },
    back: () => frame.contentWindow?.history.back(),
    close() {
      const isOnItsWay = opening !== undefined
      ;[title, url, opening] = ['', '', undefined]
      if (frame.contentDocument?.location.href === BLANK && !isOnItsWay) return Promise.resolve()
      const gone = new Promise<void>((done) => {
        frame.addEventListener('load', () => done(), { once: true })
        setTimeout(done, PATIENCE) // it asks whether it may be left
      })
      frame.contentWindow?.location.replace(BLANK)
      return gone
    },
    loaded: () =>
      new Promise((done) => {
        const look = () => {
          if (frame.contentDocument?.location.href === BLANK) return
          frame.removeEventListener('load', look)
          done()
        }
        frame.addEventListener('load', look)
      }),
    async card(target) {
      const answer = await request({ action: 'share', target })
      return answer?.event === 'card' ? answer.card : undefined
    },
    async menu() {
      const answer = await request({ action: 'menu' })
      return answer?.event === 'menu' ? answer.menu : { shown: true, hidden: [] }
    },
  }
}

interface Launcher {
  launch(view: Window, address: string): void
}

/** A page that opens others for this phone: by its address the server knows whose they are. */
function loadLauncher(): Promise<Launcher> {
  const frame = el('iframe', { src: addressOf('/launcher'), hidden: true, title: '' })
  document.body.append(frame)
  return new Promise((done) => {
    frame.addEventListener('load', () => done(frame.contentWindow as unknown as Launcher))
  })
}

const cutHash = (address: string): string => address.split('#', 1)[0] ?? address

const isPage = (address: string): boolean =>
  URL.canParse(address, location.href) && /^https?:$/.test(new URL(address, location.href).protocol)
