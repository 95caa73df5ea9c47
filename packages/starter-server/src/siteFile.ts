// content/site.json: what the site is called, and who is behind it.
import { z } from 'zod'
import { StartError } from './startError.ts'

const SEARCH = 'https://beian.mps.gov.cn/#/query/webSearch?code='

// Said of a field that is missing or wrong.
const FIELDS: Record<string, string> = {
  name: 'what the site is called, a text',
  shortName: 'the name in the bar at the top, a text',
  language: "zh-CN or en: the site's own language",
  tagline: 'one sentence about the site in each language: { "zh-CN": "…", "en": "…" }',
  owner: 'who runs the site, a text',
  contact: 'how to reach them, a text: an address of e-mail, a telephone number',
  icp: 'the ICP 备案 number, a text like 京ICP备12345678号-1',
  police: '{ number, url, icon } of the 公安备案, with a number like 京公网安备11010102001234号',
  account: '{ name, qr } of the Official Account; qr is the path of its QR code, like /account.png',
}

const text = z.string().trim()
const link = text.refine((value) => value === '' || /^https?:\/\//.test(value))
const picture = text.refine((value) => value === '' || /^(\/(?!\/)|https?:\/\/)/.test(value))
// A field may be left out or empty: then it is shown nowhere.
const optional = text.default('')

const police = z.strictObject({ number: optional, url: link.default(''), icon: picture.default('') })

export const siteSchema = z.strictObject({
  name: text.min(1),
  shortName: text.min(1),
  language: z.enum(['zh-CN', 'en']).default('zh-CN'),
  tagline: z.strictObject({ 'zh-CN': optional, en: optional }).prefault({}),
  owner: optional,
  contact: optional,
  icp: optional,
  // The number alone is enough: it says where it is looked up.
  police: z
    .union([text.transform((number) => ({ number, url: '', icon: '' })), police])
    .prefault({})
    .transform(({ number, url, icon }) => ({ number, icon, url: url || SEARCH + number.replace(/\D/g, '') })),
  account: z.strictObject({ name: optional, qr: picture.default('') }).prefault({}),
})

export type Language = 'zh-CN' | 'en'
export type Site = z.output<typeof siteSchema>

/**
 * Checks what stands in `content/site.json`.
 *
 * @throws {StartError} with a line for each field that is wrong
 */
export function readSite(value: unknown): Site {
  const result = siteSchema.safeParse(value)
  if (result.success) return result.data
  throw new StartError(result.error.issues.map((issue) => `content/site.json: ${explain(issue)}`).join('\n'))
}

function explain({ path, ...issue }: z.core.$ZodIssue): string {
  const [field = ''] = path.map(String)
  const name = path.join('.')
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => `${name ? `${name}.` : ''}${key}: no such field`).join('; ')
  return name
    ? `${name} has to be ${FIELDS[field] ?? 'a text'}`
    : 'the file is an object with name and shortName'
}
