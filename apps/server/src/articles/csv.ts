import type { Response } from 'express'
import { stringify } from 'csv-stringify/sync'

/**
 * A table as CSV: UTF-8 with a mark that Excel looks for, and no cell that a spreadsheet would run as a formula (it
 * begins with `'` then).
 */
export function toCsv(rows: (string | number)[][]): string {
  return stringify(
    rows.map((row) => row.map(String)),
    { bom: true, escape_formulas: true, record_delimiter: 'windows' },
  )
}

/** Answers with a file to keep. */
export function sendCsv(res: Response, name: string, csv: string): void {
  res.attachment(name).set('cache-control', 'no-store').type('text/csv').send(csv)
}
