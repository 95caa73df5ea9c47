import { z } from 'zod'
import { get, post, type Endpoint } from '../api/endpoint.ts'
import { Errcode } from '../api/errcode.ts'
import { demand } from '../permissions.ts'
import type { Platform } from '../platform.ts'
import { UNGROUPED, BLACKLISTED } from './tags.ts'

const text = z.string()
const id = z.coerce.number().int()
const named = z.object({ group: z.object({ name: text }) })
const renamed = z.object({ group: z.object({ id, name: text }) })
const one = z.object({ group: z.object({ id }) })

/** 用户分组管理, which tags took the place of in 2016: a person is in one group, and a group is a tag. */
export function groupApis({ tags, followers, blacklist, switches }: Platform): Endpoint[] {
  const ok = { errcode: 0, errmsg: 'ok' }
  const following = (openid: string) => {
    const found = followers.get(openid)
    if (!found) throw new Errcode(40003)
    return found
  }
  const move = (openids: string[], group: number) => {
    if (group !== UNGROUPED) tags.known(group)
    for (const found of openids.map(following)) found.tags = group === UNGROUPED ? [] : [group]
    return ok
  }
  const guarded = <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    answer: (body: z.output<Schema>) => unknown,
  ) =>
    post(`/cgi-bin/groups/${path}`, schema, ({ body }) => {
      demand(switches, 'users')
      return answer(body) ?? ok
    })
  return [
    guarded('create', named, ({ group }) => ({ group: tags.create(group.name) })),
    get('/cgi-bin/groups/get', () => {
      demand(switches, 'users')
      const alone = followers.list().filter((openid) => !followers.get(openid)?.tags.length)
      return {
        groups: [
          { id: UNGROUPED, name: '未分组', count: alone.length },
          { id: BLACKLISTED, name: '黑名单', count: blacklist.size },
          ...tags.list(),
        ],
      }
    }),
    guarded('getid', z.object({ openid: text }), ({ openid }) => ({
      groupid: following(openid).tags[0] ?? UNGROUPED,
    })),
    guarded('update', renamed, ({ group }) => tags.rename(group.id, group.name)),
    guarded('delete', one, ({ group }) => tags.delete(group.id)),
    guarded('members/update', z.object({ openid: text, to_groupid: id }), (body) =>
      move([body.openid], body.to_groupid),
    ),
    guarded('members/batchupdate', z.object({ openid_list: z.array(text), to_groupid: id }), (body) =>
      move(body.openid_list, body.to_groupid),
    ),
  ]
}
