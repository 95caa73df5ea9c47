import { isSafeDomain } from '../../platform/jssdk/jsapi.ts'
import { denial, offlineVerifying } from '../config.ts'
import { fail, ok, text, type Api, type Call } from '../call.ts'
import type { Device } from '../device.ts'
import type { SharedCard, ShareTarget } from '../messages.ts'
import type { Quirks } from '../quirks.ts'
import { cutHash, type WebDocument } from '../webDocument.ts'

const LINK_REFUSED = 'link must be in js secure domain list'

/** The new way: what the page sets stays with the document until it is set again or the page is loaded again. */
export const setCard =
  (target: 'appmessage' | 'timeline'): Api =>
  (call) => {
    const { document, device, quirks, params, countingUrl, url } = call
    const card: SharedCard = {
      title: text(params['title']),
      desc: text(params['desc']),
      link: text(params['link']),
      imgUrl: text(params['imgUrl']),
      source: 'update',
    }
    if (card.link && !mayLinkTo(card.link, call)) return fail(call, LINK_REFUSED)
    const away = document.entryUrl !== url.split('#', 1)[0]
    if (device.os === 'ios' && away && quirks.iosCardAwayFromEntry === 'refused')
      return offlineVerifying(call.name)
    const legacyName = target === 'appmessage' ? 'menu:share:appmessage' : 'menu:share:timeline'
    const deaf =
      device.os === 'android' &&
      quirks.androidCardNeedsLegacyNames === 'yes' &&
      !document.allowedApis.get(countingUrl)?.has(legacyName)
    const incomplete = quirks.cardWithoutLinkOrPicture === 'ignored' && (!card.link || !card.imgUrl)
    // "ok" says that the data was taken, not that it will be used.
    if (!deaf && !incomplete) document.shareData[target] = { ...card, link: card.link || countingUrl }
    return ok(call)
  }

/** Which event the old way hears, what it calls then, and how the app answers. */
export const LEGACY = {
  appmessage: { event: 'menu:share:appmessage', invoke: 'sendAppMessage', reply: 'send_app_msg:ok' },
  favorite: { event: 'menu:share:appmessage', invoke: 'sendAppMessage', reply: 'send_app_msg:ok' },
  timeline: { event: 'menu:share:timeline', invoke: 'shareTimeline', reply: 'share_timeline:ok' },
  qq: { event: 'menu:share:qq', invoke: 'shareQQ', reply: 'shareQQ:ok' },
  weibo: { event: 'menu:share:weiboApp', invoke: 'shareWeiboApp', reply: 'shareWeiboApp:ok' },
  qzone: { event: 'menu:share:QZone', invoke: 'shareQZone', reply: 'shareQZone:ok' },
} as const satisfies Record<ShareTarget, { event: string; invoke: string; reply: string }>

/** The old way: a handler of the menu's event sends its card, and only while the person is sharing. */
export const legacyShare: Api = (call) => {
  const { document, params, name } = call
  const target = document.tapped
  if (target === undefined || LEGACY[target].invoke !== name) return denial(call)
  const link = text(params['link'])
  if (!mayLinkTo(link, call)) return fail(call, LINK_REFUSED)
  document.legacyCard = {
    title: text(params['title']),
    desc: text(params['desc']),
    link,
    imgUrl: text(params['img_url']),
    source: 'legacy',
  }
  return { err_msg: LEGACY[target].reply }
}

/** Whether an old handler's call belongs to what the person is doing; it needs its event listed, not its own name. */
export function isSharingFromMenu({ name, document, countingUrl }: Call): boolean {
  const legacy = document.tapped && LEGACY[document.tapped]
  return legacy?.invoke === name && (document.allowedApis.get(countingUrl)?.has(legacy.event) ?? false)
}

/** The person chose where to share. */
export function tap(document: WebDocument, target: ShareTarget, quirks: Quirks) {
  document.tapped = target
  document.legacyCard = undefined
  const isSet = cardSetFor(document, target) !== undefined
  return {
    /** The page's handler is asked only where the new data does not win. */
    needsHandler: !isSet || quirks.updateDataAndHandler === 'handler wins',
    event: LEGACY[target].event,
    scene: target === 'favorite' ? 'favorite' : target === 'timeline' ? 'timeline' : 'friend',
  }
}

/** What others get to see, at the end of a share. */
export function takeCard(
  document: WebDocument,
  target: ShareTarget,
  page: { title: string; url: string; image: string },
  { device, quirks }: { device: Device; quirks: Quirks },
): SharedCard {
  document.tapped = undefined
  const set = cardSetFor(document, target)
  const [first, second] =
    quirks.updateDataAndHandler === 'new wins' ? [set, document.legacyCard] : [document.legacyCard, set]
  return first ?? second ?? defaultCard(document, page, device)
}

// QQ shows what was set for chats, QZone what was set for Moments (JS-SDK说明文档).
function cardSetFor({ shareData }: WebDocument, target: ShareTarget): SharedCard | undefined {
  if (target === 'weibo') return undefined
  return target === 'timeline' || target === 'qzone' ? shareData.timeline : shareData.appmessage
}

// Believed, from old copies of the app's script: the page's own title, its address with the hash, the first big picture.
function defaultCard(
  document: WebDocument,
  page: { title: string; url: string; image: string },
  device: Device,
): SharedCard {
  // On iOS the document keeps the address of its entry; a route in the hash is no other address.
  const isEntry = device.os !== 'ios' || cutHash(page.url) === document.entryUrl
  const link = isEntry ? page.url : (document.urls[0] ?? document.entryUrl)
  return { title: page.title || link, desc: link, link, imgUrl: page.image, source: 'default' }
}

function mayLinkTo(link: string, { device, quirks, platform }: Call): boolean {
  const readable =
    device.os !== 'ios' || quirks.chineseLinkOnIos === 'accepted' || /^[\x21-\x7e]*$/.test(link)
  return readable && isSafeDomain(link, platform.account.jsDomains)
}
