import type { ShareTarget } from '../../native/messages.ts'
import { button, el } from './elements.js'
import { chooseFontSize } from './fontSize.js'
import { chatCard } from './friendChat.js'
import { openLayer, toast } from './layer.js'
import { MOMENTS, mailbox, type Shared } from './mailbox.js'
import { openShareSheet } from './shareSheet.js'
import type { Store } from './store.js'
import type { WebView } from './webView.js'
import { words } from './words.js'

export interface SharingActions {
  /** To whom cards go. */
  friend: () => string
  go: (screen: 'chat' | 'moments') => void
  panel: () => void
}

/** Opens "···" for the page in the web view. */
export async function openMore(store: Store, webView: WebView, actions: SharingActions): Promise<void> {
  openShareSheet(await webView.menu(), {
    share: (target) => void share(target),
    copy: () => void navigator.clipboard.writeText(webView.url).then(() => toast(words.copied)),
    reload: () => webView.reload(),
    fontSize: () => chooseFontSize(store),
    panel: actions.panel,
  })

  async function share(target: ShareTarget): Promise<void> {
    const card = await webView.card(target)
    if (!card) return toast(words.noCard)
    const to = target === 'timeline' ? MOMENTS : target === 'appmessage' ? actions.friend() : target
    const shared: Shared = { from: store.me.id, to, at: store.now(), card, bare: webView.bare }
    if (target !== 'appmessage' && target !== 'timeline') return preview(shared, words[target])
    mailbox.add(shared)
    actions.go(target === 'timeline' ? 'moments' : 'chat')
    toast(target === 'timeline' ? words.posted : words.sent)
  }

  // Other places are not on this phone: the card is shown as it would look there.
  function preview(shared: Shared, place: string): void {
    openLayer('dialog', words.shownIn(place), (close) => [
      el('h2', {}, words.shownIn(place)),
      chatCard(shared, store.state.account.name, { open: close }),
      el('div', { class: 'dialog-buttons' }, button('primary', close, [words.confirm])),
    ])
  }
}
