import { Errcode } from '../api/errcode.ts'
import { exampleOf } from './keywords.ts'

/** A keyword of the public library, to be picked for a template of one's own. */
export interface Keyword {
  kid: number
  name: string
  example: string
  /** The kind of its values, e.g. `thing`. */
  rule: string
}

/** A title of the public library of subscription notices. */
export interface LibraryTitle {
  tid: number
  title: string
  /** 2: one consent for one notice. */
  type: 2
  categoryId: string
  keywords: Keyword[]
}

/** What the account deals with, which decides over the titles that it is offered. */
export const CATEGORIES = [
  { id: 616, name: '公交' },
  { id: 307, name: '文化活动' },
]

/** The titles that the sandbox has of the library. */
export const LIBRARY: LibraryTitle[] = [
  title(99, '付款成功通知', '616', ['thing:物品名称', 'amount:付款金额', 'time:付款时间']),
  title(401, '活动开始提醒', '307', ['thing:活动名称', 'time:开始时间', 'thing:活动地点', 'thing:备注']),
  title(1020, '报名结果通知', '307', ['thing:活动名称', 'phrase:报名结果', 'time:通知时间', 'name:姓名']),
]

/** @throws {Errcode} 200014 for what is no number of a title */
export function libraryTitle(tid: string): LibraryTitle {
  const known = LIBRARY.find((one) => String(one.tid) === tid)
  if (known) return known
  if (!/^[1-9]\d{0,7}$/.test(tid)) throw new Errcode(200014)
  // WeChat's library has thousands: each other number stands for one of them.
  const words = ['thing:主题', 'time:时间', 'thing:地点', 'phrase:状态', 'thing:备注']
  return title(Number(tid), `通知 ${tid}`, '307', words)
}

function title(tid: number, words: string, categoryId: string, keywords: string[]): LibraryTitle {
  return {
    tid,
    title: words,
    type: 2,
    categoryId,
    keywords: keywords.map((keyword, at) => {
      const [rule = 'thing', name = ''] = keyword.split(':')
      return { kid: at + 1, name, example: exampleOf(rule), rule }
    }),
  }
}
