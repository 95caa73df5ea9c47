import { z } from 'zod'
import { get, post, type Endpoint } from '../api/endpoint.ts'
import { Errcode } from '../api/errcode.ts'
import { secret } from '../credentials/tokens.ts'
import type { Template } from '../messages/templates.ts'
import { demand } from '../permissions.ts'
import type { Platform } from '../platform.ts'
import { contentOf, kindOf } from './keywords.ts'

const MOST_TEMPLATES = 25
const id = z.coerce.number()
const addBody = z.object({
  template_id_short: z.coerce.string(),
  keyword_name_list: z.array(z.string()).default([]),
})

/** 模板消息: the industries of the account and its list of templates, as its console has them. */
export function templateAdminApis({ account, industries, switches }: Platform): Endpoint[] {
  const ok = { errcode: 0, errmsg: 'ok' }
  const mayHave = () => demand(switches, 'template')
  const own = () => account.templates.filter(({ kind }) => kind === 'template')
  return [
    post('/cgi-bin/template/api_set_industry', z.object({ industry_id1: id, industry_id2: id }), (call) => {
      mayHave()
      industries.choose(call.body.industry_id1, call.body.industry_id2)
      return ok
    }),
    get('/cgi-bin/template/get_industry', () => {
      mayHave()
      return industries.get()
    }),
    post('/cgi-bin/template/api_add_template', addBody, ({ body }) => {
      mayHave()
      if (own().length >= MOST_TEMPLATES) throw new Errcode(45026)
      const template = fromLibrary(body.template_id_short, body.keyword_name_list)
      account.templates.push(template)
      return { ...ok, template_id: template.id }
    }),
    get('/cgi-bin/template/get_all_private_template', () => {
      mayHave()
      const { primary_industry: industry } = industries.get()
      return {
        template_list: own().map(({ id: template_id, title, fields }) => ({
          template_id,
          title,
          primary_industry: industry.first_class,
          deputy_industry: industry.second_class,
          ...contentOf(fields),
        })),
      }
    }),
    post('/cgi-bin/template/del_private_template', z.object({ template_id: z.string() }), ({ body }) => {
      mayHave()
      if (!own().some((template) => template.id === body.template_id)) throw new Errcode(40037)
      account.templates = account.templates.filter((template) => template.id !== body.template_id)
      return ok
    }),
  ]
}

// Of a category's template (a number) the keywords are picked, an older one has its own. The sandbox has no library:
// it takes any id that looks like one.
function fromLibrary(short: string, keywords: readonly string[]): Template {
  const isOfCategory = /^\d+$/.test(short)
  if (!isOfCategory && !/^(OPENTM|TM)\d+$/.test(short)) throw new Errcode(40037)
  if (isOfCategory && keywords.length === 0) throw new Errcode(40246)
  const fields = isOfCategory
    ? keywords.map((name, at): [string, string] => [`${kindOf(name)}${at + 1}`, name])
    : ['项目', '时间'].map((name, at): [string, string] => [`keyword${at + 1}`, name])
  return { id: secret(43), title: `模板 ${short}`, kind: 'template', fields: Object.fromEntries(fields) }
}
