import { z } from 'zod'
import { get, post, type ApiCall, type Endpoint } from '../api/endpoint.ts'
import { Errcode } from '../api/errcode.ts'
import { secret } from '../credentials/tokens.ts'
import { demand } from '../permissions.ts'
import type { Platform } from '../platform.ts'
import { contentOf } from './keywords.ts'
import { CATEGORIES, LIBRARY, libraryTitle } from './noticeLibrary.ts'

const MOST_NOTICES = 50
const MOST_TITLES = 30
const MOST_WORDS = 15
const addBody = z.object({
  tid: z.coerce.string().default(''),
  kidList: z.array(z.coerce.number()).default([]),
  sceneDesc: z.string().default(''),
})

/** 订阅通知: picking templates of the library, whose parts are asked for one after the other. */
export function noticeAdminApis({ account, switches }: Platform): Endpoint[] {
  const ok = { errcode: 0, errmsg: 'ok' }
  const own = () => account.templates.filter(({ kind }) => kind === 'notice')
  const asked = (path: string, answer: (query: ApiCall['query']) => object) =>
    get(`/wxaapi/newtmpl/${path}`, ({ query }) => {
      demand(switches, 'template')
      return { ...ok, ...answer(query) }
    })
  return [
    asked('getcategory', () => ({ data: CATEGORIES })),
    asked('getpubtemplatetitles', ({ ids, start, limit }) => {
      if (typeof ids !== 'string' || ids === '') throw new Errcode(200018)
      const [from, most] = [whole(start), whole(limit)]
      if (from === undefined) throw new Errcode(200016)
      if (most === undefined || most < 1 || most > MOST_TITLES) throw new Errcode(200017)
      const found = LIBRARY.filter(({ categoryId }) => ids.split(',').includes(categoryId))
      const data = found.slice(from, from + most).map(({ tid, title, type, categoryId }) => {
        return { tid, title, type, categoryId }
      })
      return { count: found.length, data }
    }),
    asked('getpubtemplatekeywords', ({ tid }) => {
      const data = libraryTitle(String(tid)).keywords
      return { count: data.length, data }
    }),
    asked('gettemplate', () => ({
      data: own().map(({ id: priTmplId, title, fields }) => {
        return { priTmplId, title, ...contentOf(fields), type: 2 }
      }),
    })),
    post(
      '/wxaapi/newtmpl/addtemplate',
      addBody,
      ({ body: { tid, kidList, sceneDesc } }) => {
        demand(switches, 'template')
        const { title, keywords } = libraryTitle(tid)
        if ([...sceneDesc].length > MOST_WORDS) throw new Errcode(200021)
        const picked = kidList.map((kid) => keywords.find((keyword) => keyword.kid === kid))
        const fields = picked.flatMap((keyword): [string, string][] =>
          keyword ? [[`${keyword.rule}${keyword.kid}`, keyword.name]] : [],
        )
        const isEachOnce = new Map(fields).size === kidList.length
        if (fields.length < 2 || fields.length > 5 || !isEachOnce) throw new Errcode(200020)
        if (own().length >= MOST_NOTICES) throw new Errcode(200012)
        const id = secret(43)
        account.templates.push({ id, title, kind: 'notice', fields: Object.fromEntries(fields) })
        return { ...ok, priTmplId: id }
      },
      { read: readForm },
    ),
    post(
      '/wxaapi/newtmpl/deltemplate',
      z.object({ priTmplId: z.string() }),
      ({ body }) => {
        demand(switches, 'template')
        if (!own().some(({ id }) => id === body.priTmplId)) throw new Errcode(20001)
        account.templates = account.templates.filter(({ id }) => id !== body.priTmplId)
        return ok
      },
      { read: readForm },
    ),
  ]
}

/**
 * A form, which the document prefers: `kidList=1&kidList=2`, or `kidList[0]=1&kidList[1]=2` as PHP writes it.
 *
 * @returns undefined where it is none, so that JSON is tried
 */
function readForm(text: string): unknown {
  if (!/^[\w%[\]]+=/.test(text)) return undefined
  const form = new URLSearchParams(text)
  const kids = [...form].filter(([name]) => /^kidList(\[\d*\])?$/.test(name)).map(([, kid]) => kid)
  return { ...Object.fromEntries(form), ...(kids.length > 0 ? { kidList: kids } : {}) }
}

function whole(text: unknown): number | undefined {
  return typeof text === 'string' && /^\d{1,6}$/.test(text) ? Number(text) : undefined
}
