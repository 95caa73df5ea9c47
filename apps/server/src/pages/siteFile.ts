import { readSite, siteSchema, type Site } from 'starter-server/siteFile'
import json from '../../../../content/site.json' with { type: 'json' }

/** This site. Where its file is wrong nothing is known of it; the start and the check of the content call `checkSite`. */
export const site: Site = siteSchema.safeParse(json).data ?? siteSchema.parse({ name: '?', shortName: '?' })

/**
 * Checks the file of this site.
 *
 * @throws {StartError} as `readSite`
 */
export const checkSite = (): Site => readSite(json)
