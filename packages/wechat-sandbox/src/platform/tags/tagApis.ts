import { z } from 'zod'
import { get, post, type Endpoint } from '../api/endpoint.ts'
import { Errcode } from '../api/errcode.ts'
import { demand } from '../permissions.ts'
import type { Platform } from '../platform.ts'
import { openidPage } from '../users/openidPage.ts'

const PAGE = 10_000
const BLACKLIST_PAGE = 1000
const MOST_AT_ONCE = 20

const text = z.string()
// SDKs send ids as numbers and as text.
const id = z.coerce.number().int()
const name = z.object({ tag: z.object({ name: text }) })
const rename = z.object({ tag: z.object({ id, name: text }) })
const one = z.object({ tag: z.object({ id }) })
const people = z.object({ openid_list: z.array(text), tagid: id })
const peopleOnly = z.object({ openid_list: z.array(text) })

/** Tags of followers, and the blacklist, which WeChat keeps beside them. */
export function tagApis({ tags, followers, identities, blacklist, switches }: Platform): Endpoint[] {
  const ok = { errcode: 0, errmsg: 'ok' }
  const guarded = <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    answer: (body: z.output<Schema>) => unknown,
  ) =>
    post(`/cgi-bin/${path}`, schema, ({ body }) => {
      demand(switches, 'users')
      return answer(body) ?? ok
    })
  const few = (openids: string[], isKnown: (openid: string) => boolean): string[] => {
    if (openids.length < 1 || openids.length > MOST_AT_ONCE) throw new Errcode(40032)
    if (!openids.every(isKnown)) throw new Errcode(40003)
    return openids
  }
  return [
    guarded('tags/create', name, ({ tag }) => ({ tag: tags.create(tag.name) })),
    get('/cgi-bin/tags/get', () => {
      demand(switches, 'users')
      return { tags: tags.list() }
    }),
    guarded('tags/update', rename, ({ tag }) => tags.rename(tag.id, tag.name)),
    guarded('tags/delete', one, ({ tag }) => tags.delete(tag.id)),
    guarded('user/tag/get', z.object({ tagid: id, next_openid: text.default('') }), (body) => {
      tags.known(body.tagid)
      return openidPage(tags.with(body.tagid), body.next_openid, PAGE)
    }),
    guarded('tags/members/batchtagging', people, (body) => tags.give(body.openid_list, body.tagid)),
    guarded('tags/members/batchuntagging', people, (body) => tags.take(body.openid_list, body.tagid)),
    guarded('tags/getidlist', z.object({ openid: text }), ({ openid }) => {
      const following = followers.get(openid)
      if (!following) throw new Errcode(40003)
      return { tagid_list: [...following.tags] }
    }),
    guarded('tags/members/getblacklist', z.object({ begin_openid: text.default('') }), (body) => {
      const all = [...blacklist]
      return { total: all.length, ...openidPage(all, body.begin_openid, BLACKLIST_PAGE) }
    }),
    guarded('tags/members/batchblacklist', peopleOnly, (body) => {
      for (const openid of few(body.openid_list, (one) => followers.has(one))) blacklist.add(openid)
    }),
    guarded('tags/members/batchunblacklist', peopleOnly, (body) => {
      // Whoever has gone in the meantime is let off as well.
      const isPerson = (one: string) => identities.personOf(one) !== undefined
      for (const openid of few(body.openid_list, isPerson)) blacklist.delete(openid)
    }),
  ]
}
