import type { NativeReply } from '../../native/messages.ts'
import type { Act } from '../acts.ts'
import { toast } from './layer.js'
import { showMap } from './map.js'
import { viewPictures } from './pictures.js'
import { askPerson, type PageQuestion } from './questions.js'
import { words } from './words.js'

export interface PageCallActions {
  /** "···" may have changed. */
  onMenu: () => void
  closePage: () => void
  openScanned: (text: string) => void
  openLog: () => void
  act: (act: Act) => void
}

/** What the phone does when it sees a page's call, and how it asks the person for one. */
export function createPageCalls(actions: PageCallActions) {
  let scanned = ''
  return {
    onCall(name: string, params: Record<string, unknown>, { err_msg }: NativeReply): void {
      const done = err_msg.endsWith(':ok')
      if (name === 'preVerifyJSAPI' && !done) return toast(words.whyRefused, actions.openLog)
      if (!done) return
      if (/menu/i.test(name)) actions.onMenu()
      if (name === 'closeWindow') actions.closePage()
      if (name === 'openLocation') showMap(params)
      if (name === 'imagePreview' && Array.isArray(params['urls']) && params['urls'].length)
        viewPictures(params['urls'].map(String), String(params['current']))
      // Without needResult the page gets nothing: WeChat itself opens what was scanned.
      if (name === 'scanQRCode' && params['needResult'] !== 1) actions.openScanned(scanned)
    },

    async onQuestion(question: PageQuestion): Promise<unknown> {
      const answer = await askPerson(question)
      if (question.kind === 'scan') scanned = typeof answer === 'string' ? answer : ''
      if (question.kind === 'openTag' && question.tag === 'wx-open-subscribe') {
        const templateIds = (question.attributes['template'] ?? '').split(',').filter(Boolean)
        if (templateIds.length) actions.act({ kind: 'subscribe', templateIds, accepts: answer === true })
      }
      return answer
    },
  }
}
