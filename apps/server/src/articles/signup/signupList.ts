import { stringify } from 'csv-stringify/sync'
import type { Signup } from './signups.ts'
import type { SignupForm } from '@app/shared/signupForm'

/**
 * Everybody's answers as CSV: UTF-8 with a mark that Excel looks for, and no cell that a spreadsheet would run as a
 * formula (it begins with `'` then).
 */
export function toCsv({ fields }: SignupForm, signups: (Signup & { openid: string })[]): string {
  const names = [...fields.map(({ name }) => name)]
  const records = signups.map((one) => [
    ...names.map((name) => cell(one.fields[name])),
    ...[one.openid, one.createdAt, one.updatedAt],
  ])
  const head = [...fields.map(({ label }) => label), 'openid', '报名时间', '更新时间']
  return stringify([head, ...records], { bom: true, escape_formulas: true, record_delimiter: 'windows' })
}

const cell = (value: string | number | boolean | undefined) =>
  typeof value === 'boolean' ? (value ? '✓' : '') : String(value ?? '')
