import type { Device } from './device.ts'
import type { MenuState, PageEvent, SharedCard, ShareTarget, TagGrant } from './messages.ts'
import type { Quirks } from './quirks.ts'

/** What the app remembers of one loaded document; a full load starts again. */
export interface WebDocument {
  id: string
  entryUrl: string
  /** Every address the document has had, the entry first. */
  urls: string[]
  /** Granted names by the address that the grant belongs to. */
  allowedApis: Map<string, Set<string>>
  /** Names that a config asked for and this account may not use, by the same address. */
  lacking: Map<string, Set<string>>
  shareData: Partial<Record<'appmessage' | 'timeline', SharedCard>>
  menu: MenuState
  /** Set while a share menu is open: only then may a legacy handler share. */
  tapped: ShareTarget | undefined
  legacyCard: SharedCard | undefined
  /** What will happen in the page, collected during a call. */
  coming: PageEvent[]
  /** What the config of this very call grants to open tags. */
  openTags: TagGrant | undefined
}

const URLS_KEPT = 30

export function newDocument(id: string, url: string): WebDocument {
  const entryUrl = cutHash(url)
  return {
    id,
    entryUrl,
    urls: [url],
    allowedApis: new Map(),
    lacking: new Map(),
    shareData: {},
    menu: { shown: true, hidden: [] },
    tapped: undefined,
    legacyCard: undefined,
    coming: [],
    openTags: undefined,
  }
}

/** Notes that the document has this address now. */
export function visit(document: WebDocument, url: string): void {
  if (document.urls.includes(url)) return
  document.urls.push(url)
  if (document.urls.length > URLS_KEPT) document.urls.splice(1, 1)
}

/**
 * The addresses that a signature is held against; a grant belongs to the first. On iOS that is the one at which the
 * document was entered, elsewhere the current one (believed, many reports; docs/decisions/0002-entry-url.md).
 */
export function countingUrls(
  document: WebDocument,
  url: string,
  { os }: Device,
  quirks: Quirks,
): [string, ...string[]] {
  const judgedBy = os === 'ios' ? quirks.iosJudgesBy : os === 'android' ? quirks.androidJudgesBy : 'current'
  if (judgedBy === 'entry') return [document.entryUrl]
  return judgedBy === 'current' ? [cutHash(url)] : [cutHash(url), document.entryUrl]
}

export const cutHash = (url: string): string => url.split('#', 1)[0] ?? url
