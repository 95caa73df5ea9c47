import { Errcode } from '../api/errcode.ts'

/** In milliseconds. */
export const DAY = 86_400_000
const BEIJING = 8 * 3_600_000 // a day ends at midnight in Beijing

/** Days that statistics are asked for, both ends included. */
export interface Period {
  begin_date: string
  end_date: string
}

/** The day at this time, such as 2026-01-08. @param at milliseconds since 1970 */
export const dayOf = (at: number): string => new Date(at + BEIJING).toISOString().slice(0, 10)

/** The hour of the day, as statistics count it: 0, 100, … 2300. */
export const hourOf = (at: number): number => new Date(at + BEIJING).getUTCHours() * 100

/** The Monday of the week. */
export function weekOf(at: number): string {
  const sinceMonday = (new Date(at + BEIJING).getUTCDay() + 6) % 7
  return dayOf(at - sinceMonday * DAY)
}

/** The first of the month. */
export const monthOf = (at: number): string => `${dayOf(at).slice(0, 7)}-01`

/**
 * The days of a period, which ends yesterday at the latest.
 *
 * @param most how many days may be asked for at once
 * @throws {Errcode} 61500 for what is no date, 61501 for a wrong period
 */
export function daysOf({ begin_date: begin, end_date: end }: Period, most: number, now: number): string[] {
  for (const date of [begin, end]) if (!isDate(date)) throw new Errcode(61500)
  const days = (Date.parse(end) - Date.parse(begin)) / DAY + 1
  if (days < 1 || days > most || end >= dayOf(now)) throw new Errcode(61501)
  return Array.from({ length: days }, (_, at) =>
    new Date(Date.parse(begin) + at * DAY).toISOString().slice(0, 10),
  )
}

function isDate(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}
