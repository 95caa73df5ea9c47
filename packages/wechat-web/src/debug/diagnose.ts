import type { Asked } from '../callLog.ts'
import type { WechatEnvironment } from '../environment.ts'

/** What a panel can know of a page in WeChat. */
export interface Situation {
  environment: WechatEnvironment
  asked: readonly Asked[]
}

/** What is the matter; each has its words in `texts.ts`. */
export type Finding =
  | 'outside'
  | 'nothing_asked'
  | 'waiting'
  | 'good'
  | 'good_by_other_url'
  | 'invalid_signature'
  | 'invalid_domain'
  | 'must_follow'
  | 'not_permitted'
  | 'too_old'
  | 'link_refused'
  | 'other_refusal'

/** The likely cause of what WeChat said last, from its words as the JS-SDK's documentation lists them (appendix 5). */
export function diagnose({ environment, asked }: Situation): Finding {
  if (!environment.inWechat) return 'outside'
  const newest = [...asked].reverse()
  const config = newest.find(({ name }) => name === 'config')
  if (!config) return 'nothing_asked'
  const share = newest.find(({ name }) => name.startsWith('update'))
  const said = [config.answer, share?.answer ?? '']
  if (said.every((answer) => answer.endsWith(':ok'))) {
    const rule = environment.platform === 'ios' ? 'entry' : 'current'
    return config.by === rule ? 'good' : 'good_by_other_url'
  }
  const refusal = said.find((answer) => answer !== '' && !answer.endsWith(':ok'))
  return refusal === undefined ? 'waiting' : causeOf(refusal)
}

function causeOf(refusal: string): Finding {
  if (/invalid signature|63002/.test(refusal)) return 'invalid_signature'
  if (/invalid url domain|40048/.test(refusal)) return 'invalid_domain'
  if (refusal.includes('require subscribe')) return 'must_follow'
  if (refusal.includes('secure domain')) return 'link_refused'
  if (refusal.includes('function not exist')) return 'too_old'
  if (/offline verifying|permission denied/.test(refusal)) return 'not_permitted'
  return 'other_refusal'
}
