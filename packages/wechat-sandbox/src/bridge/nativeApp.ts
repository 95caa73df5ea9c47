import { isSafeDomain } from '../platform/jsapi.ts'
import type { Platform } from '../platform/platform.ts'
import type { Device } from './device.ts'
import type { NativeMessage, NativeReply, ShareTarget, SharedCard } from './messages.ts'

/** What the app remembers of one loaded document. */
interface WebDocument {
  entryUrl: string
  /** Granted native names by the address that the grant belongs to. */
  grants: Map<string, Set<string>>
  shareData: Partial<Record<ShareTarget, SharedCard>>
  /** Set while a share menu is open: only then may a legacy handler share. */
  tapped: ShareTarget | undefined
  legacyCard: SharedCard | undefined
}

/** The app's half of the bridge: it takes every decision, the page's half only carries words. */
export interface NativeApp {
  device: Device
  receive(message: NativeMessage): unknown
}

// Known to work without wx.config (believed: long used bare, or called by the script itself after a failure).
const FREE = new Set([
  'getNetworkType',
  'closeWindow',
  'hideOptionMenu',
  'showOptionMenu',
  'imagePreview',
  'checkJsApi',
])
const DOCUMENTS_KEPT = 200

type Call = { document: WebDocument; url: string; params: Record<string, unknown> }

/**
 * The native side of WeChat for the web views of one phone.
 *
 * @see docs/sandbox.md for what is certain and what is believed
 */
export function createNativeApp({ platform, device }: { platform: Platform; device: Device }): NativeApp {
  const documents = new Map<string, WebDocument>()

  const app: NativeApp = {
    device,
    receive(message) {
      if (message.type === 'enter') return enter(message.document, message.url)
      const document =
        documents.get(message.document) ?? enter(message.document, 'url' in message ? message.url : '')
      switch (message.type) {
        case 'invoke':
          return invoke(message.name, { document, url: cutHash(message.url), params: message.params })
        case 'tap':
          document.tapped = message.target
          document.legacyCard = undefined
          return { needsHandler: !document.shareData[message.target] }
        case 'card':
          document.tapped = undefined
          return (
            document.shareData[message.target] ?? document.legacyCard ?? defaultCard(document, message.page)
          )
      }
    },
  }
  return app

  function enter(id: string, url: string): WebDocument {
    const document: WebDocument = {
      entryUrl: cutHash(url),
      grants: new Map(),
      shareData: {},
      tapped: undefined,
      legacyCard: undefined,
    }
    documents.set(id, document)
    const oldest = documents.size > DOCUMENTS_KEPT ? documents.keys().next().value : undefined
    if (oldest !== undefined) documents.delete(oldest)
    return document
  }

  // iOS judges by the address the document was entered at, Android by the current one (believed, many reports).
  function countingUrl({ document, url }: Call): string {
    return app.device.os === 'ios' ? document.entryUrl : url
  }

  function invoke(name: string, call: Call): NativeReply {
    const handler = Object.hasOwn(HANDLERS, name) ? HANDLERS[name] : undefined
    if (!handler) return { err_msg: 'system:function_not_exist' }
    if (
      name !== 'preVerifyJSAPI' &&
      !FREE.has(name) &&
      !mayShareFromMenu(name, call) &&
      !isGranted(name, call)
    ) {
      // The usual wording of each system.
      return app.device.os === 'ios'
        ? { err_msg: `${name}:the permission value is offline verifying` }
        : { err_msg: 'system:access_denied' }
    }
    return handler(app, platform, call, countingUrl(call))
  }

  function isGranted(name: string, call: Call): boolean {
    return call.document.grants.get(countingUrl(call))?.has(name) ?? false
  }

  function mayShareFromMenu(name: string, { document }: Call): boolean {
    return (
      (name === 'sendAppMessage' && document.tapped === 'appmessage') ||
      (name === 'shareTimeline' && document.tapped === 'timeline')
    )
  }

  // Believed, from an old copy of the app's script: the page's own title, its address, the first big picture.
  function defaultCard(
    document: WebDocument,
    page: { title: string; url: string; image: string },
  ): SharedCard {
    const link = app.device.os === 'ios' ? document.entryUrl : page.url
    return { title: page.title || link, desc: link, link, imgUrl: page.image, source: 'default' }
  }
}

type Handler = (app: NativeApp, platform: Platform, call: Call, countingUrl: string) => NativeReply

const HANDLERS: Record<string, Handler> = {
  preVerifyJSAPI(app, platform, { document, params }, url) {
    const verdict = platform.judgeJsapi(
      {
        appId: text(params['verifyAppId']),
        timestamp: text(params['verifyTimestamp']),
        nonceStr: text(params['verifyNonceStr']),
        signature: text(params['verifySignature']),
      },
      [url],
    )
    if (!verdict.ok) {
      const realAuthUrl = app.device.os === 'ios' ? url : `[${document.entryUrl}, ${url}]`
      return { err_msg: `preVerifyJSAPI:fail_${verdict.reason}`, realAuthUrl }
    }
    const granted = document.grants.get(url) ?? new Set<string>()
    for (const name of strings(params['verifyJsApiList'])) granted.add(name)
    document.grants.set(url, granted)
    return { err_msg: 'preVerifyJSAPI:ok' }
  },

  checkJsApi(app, _platform, call, url) {
    const granted = call.document.grants.get(url)
    const result = Object.fromEntries(
      strings(call.params['jsApiList']).map((name) => [
        name,
        Object.hasOwn(HANDLERS, name) && (FREE.has(name) || !!granted?.has(name)),
      ]),
    )
    // Android sends JSON text, iOS an object: the script decodes by platform.
    return {
      err_msg: 'checkJsApi:ok',
      checkResult: app.device.os === 'android' ? JSON.stringify(result) : result,
    }
  },

  updateAppMessageShareData: (app, platform, call) => setShareData('appmessage', app, platform, call),
  updateTimelineShareData: (app, platform, call) => setShareData('timeline', app, platform, call),

  sendAppMessage: (_app, _platform, call) => legacyShare('send_app_msg:ok', call),
  shareTimeline: (_app, _platform, call) => legacyShare('share_timeline:ok', call),
  // Listed in jsApiList so that older builds allow the handlers; nothing to call.
  'menu:share:appmessage': () => ({ err_msg: 'ok' }),
  'menu:share:timeline': () => ({ err_msg: 'ok' }),

  getNetworkType: (app) => ({
    err_msg: `network_type:${app.device.networkType === 'wifi' ? 'wifi' : 'wwan'}`,
    ...(app.device.networkType === 'wifi' ? {} : { subtype: app.device.networkType }),
  }),
  hideOptionMenu: () => ({ err_msg: 'hideOptionMenu:ok' }),
  showOptionMenu: () => ({ err_msg: 'showOptionMenu:ok' }),
  closeWindow: () => ({ err_msg: 'closeWindow:ok' }),
  imagePreview: () => ({ err_msg: 'imagePreview:ok' }),
}

function setShareData(target: ShareTarget, app: NativeApp, platform: Platform, call: Call): NativeReply {
  const name = target === 'appmessage' ? 'updateAppMessageShareData' : 'updateTimelineShareData'
  const [title, desc, link, imgUrl] = ['title', 'desc', 'link', 'imgUrl'].map((key) =>
    text(call.params[key]),
  ) as [string, string, string, string]
  // Raw Chinese in a link: refused on iOS, fine on Android (believed).
  const readable = app.device.os === 'android' || /^[\x21-\x7e]*$/.test(link)
  if (!readable || !isSafeDomain(link, platform.account.jsDomains)) {
    return { err_msg: `${name}:fail,link must be in js secure domain list` }
  }
  call.document.shareData[target] = { title, desc, link, imgUrl, source: 'update' }
  return { err_msg: `${name}:ok` }
}

function legacyShare(reply: string, { document, params }: Call): NativeReply {
  document.legacyCard = {
    title: text(params['title']),
    desc: text(params['desc']),
    link: text(params['link']),
    imgUrl: text(params['img_url']),
    source: 'legacy',
  }
  return { err_msg: reply }
}

const cutHash = (url: string): string => url.split('#', 1)[0] ?? url
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
