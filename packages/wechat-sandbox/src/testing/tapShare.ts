import type { Page } from '@playwright/test'
import type { ShareTarget, SharedCard } from '../native/messages.ts'

/** Chooses a target in the menu "···" of the page, as the phone does. */
export function tapShare(page: Page, target: ShareTarget): Promise<SharedCard> {
  return page.evaluate(
    (chosen) =>
      new Promise<SharedCard>((done) => {
        const id = String(Math.random())
        const onAnswer = ({ data }: MessageEvent<{ event?: string; id?: string; card: SharedCard }>) => {
          if (data.event !== 'card' || data.id !== id) return
          window.removeEventListener('message', onAnswer)
          done(data.card)
        }
        window.addEventListener('message', onAnswer)
        window.postMessage({ to: 'wechat-page', action: 'share', target: chosen, id }, location.origin)
      }),
    target,
  )
}
