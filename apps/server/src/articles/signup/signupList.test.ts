import { expect, it } from 'vitest'
import { signupsToCsv } from './signupList.ts'

const at = '2026-12-01T00:00:00.000Z'
const form = {
  fields: [
    { name: 'name', label: '姓名', type: 'text' },
    { name: 'agree', label: '同意', type: 'consent' },
  ] as const,
}

it('is a table that Excel opens, and runs nothing', () => {
  const rows = ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\tx', '张"三"', 'a,b\nc'].map((name) => ({
    openid: 'o1',
    fields: { name, agree: true },
    createdAt: at,
    updatedAt: at,
  }))
  const csv = signupsToCsv({ fields: [...form.fields] }, rows)
  expect(csv.startsWith('\ufeff姓名,同意,openid,')).toBe(true)
  const lines = csv.split('\r\n')
  expect(lines[1]).toBe(`"'=HYPERLINK(""http://x"")",✓,o1,${at},${at}`)
  for (const line of lines.slice(2, 6)) expect(line).toMatch(/^"?'[+@\t-]/)
  expect(lines[6]).toBe(`"张""三""",✓,o1,${at},${at}`)
})
