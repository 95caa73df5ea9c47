import { Errcode } from '../api/errcode.ts'

/** A message template of the account, as its console would list it. */
export interface Template {
  id: string
  title: string
  /** `notice`: a subscription notice, sent once for each consent. */
  kind: 'template' | 'notice'
  /** Names of its fields with what people read beside them. */
  fields: Record<string, string>
}

/** Two templates that the demo account has. */
export function demoTemplates(): Template[] {
  return [
    {
      id: 'TkJ2Qm9vbEtBZF9zYW5kYm94X3RlbXBsYXRlX29yZGVy',
      title: '订单支付成功通知',
      kind: 'template',
      fields: { character_string1: '订单编号', amount2: '支付金额', time3: '支付时间' },
    },
    {
      id: 'TkJ2Qm9vbEtBZF9zYW5kYm94X25vdGljZV9hcnRpY2xl',
      title: '内容更新提醒',
      kind: 'notice',
      fields: { thing1: '标题', time2: '更新时间' },
    },
  ]
}

// 订阅消息: what the values of a kind of field may be; `data.<name>.value` is refused otherwise.
const LIMITS: [RegExp, RegExp][] = [
  [/^thing\d+$/, /^[\s\S]{1,20}$/u],
  [/^character_string\d+$/, /^[\x20-\x7e]{1,32}$/],
  [/^number\d+$/, /^\d{1,32}$/],
  [/^phrase\d+$/, /^\p{Script=Han}{1,5}$/u],
]

/**
 * What a person reads of a template: its fields filled with the values.
 *
 * @throws {Errcode} 40037 for another account's template, 47003 for a field that is missing or unfit
 */
export function fillTemplate(
  template: Template | undefined,
  data: Record<string, { value: string | number }>,
): { name: string; value: string }[] {
  if (!template) throw new Errcode(40037)
  return Object.entries(template.fields).map(([field, name]) => {
    const value = data[field] === undefined ? '' : String(data[field].value)
    const limit = LIMITS.find(([kind]) => kind.test(field))?.[1] ?? /[\s\S]/
    if (!limit.test(value)) throw new Errcode(47003, `argument invalid! data.${field}.value invalid`)
    return { name, value }
  })
}
