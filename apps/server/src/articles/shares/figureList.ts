import { toCsv } from '../csv.ts'
import { CHANNELS, type ShareFigures } from './visits.ts'

/** What an article has brought, as a table of one row. */
export function figuresToCsv(slug: string, { channels, ...figures }: ShareFigures): string {
  const { opens, readers, shares, depth } = figures
  return toCsv([
    ['article', 'opens', 'readers', 'shares', 'depth', ...CHANNELS],
    [slug, opens, readers, shares, depth, ...CHANNELS.map((channel) => channels[channel])],
  ])
}
