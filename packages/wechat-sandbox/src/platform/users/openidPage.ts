import { Errcode } from '../api/errcode.ts'

/** What WeChat answers where a list of openids is asked for; without anybody there is no `data`. */
export interface OpenidPage {
  count: number
  data?: { openid: string[] }
  /** The last one of this page, to go on from; empty where nobody was left. */
  next_openid: string
}

/**
 * One page of a list of openids.
 *
 * @param after the one before the page, empty for the first page
 * @throws {Errcode} 40003 where nobody in the list is called so
 */
export function openidPage(all: readonly string[], after: string, size: number): OpenidPage {
  const start = after === '' ? 0 : all.indexOf(after) + 1
  if (after !== '' && start === 0) throw new Errcode(40003)
  const openid = all.slice(start, start + size)
  return {
    count: openid.length,
    ...(openid.length > 0 ? { data: { openid } } : {}),
    next_openid: openid.at(-1) ?? '',
  }
}
