/** What a template has of a keyword: the kind of its values, by what the keyword is called. */
const KINDS: [RegExp, kind: string, example: string][] = [
  [/时间|日期/, 'time', '2026年1月8日 14:30'],
  [/金额|价格|费用/, 'amount', '¥35.00'],
  [/号码|编号|单号/, 'character_string', 'A20260108001'],
  [/数量|人数|次数/, 'number', '2'],
  [/状态|结果/, 'phrase', '已完成'],
  [/姓名|联系人/, 'name', '李明'],
  [/./, 'thing', '示例内容'],
]

/** The kind of values that a keyword of this name takes. */
export const kindOf = (name: string): string => KINDS.find(([about]) => about.test(name))?.[1] ?? 'thing'

/** Words that fit a field such as `thing1`. */
export function exampleOf(field: string): string {
  const kind = field.replace(/\d+$/, '')
  return KINDS.find(([, known]) => known === kind)?.[2] ?? '示例内容'
}

/** The text of a template as the console shows it, and an example of it. */
export function contentOf(fields: Record<string, string>): { content: string; example: string } {
  const lines = (value: (field: string) => string) =>
    Object.entries(fields)
      .map(([field, name]) => `${name}:${value(field)}\n`)
      .join('')
  return { content: lines((field) => `{{${field}.DATA}}`), example: lines(exampleOf) }
}
