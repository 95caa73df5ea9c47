import type { SignupForm } from '@app/shared/signupForm'
import { toCsv } from '../csv.ts'
import type { Signup } from './signups.ts'

/** Everybody's answers as a table, with the questions above. */
export function signupsToCsv({ fields }: SignupForm, signups: (Signup & { openid: string })[]): string {
  const head = [...fields.map(({ label }) => label), 'openid', '报名时间', '更新时间']
  const rows = signups.map((one) => [
    ...fields.map(({ name }) => cell(one.fields[name])),
    ...[one.openid, one.createdAt, one.updatedAt],
  ])
  return toCsv([head, ...rows])
}

const cell = (value: string | number | boolean | undefined) =>
  typeof value === 'boolean' ? (value ? '✓' : '') : String(value ?? '')
