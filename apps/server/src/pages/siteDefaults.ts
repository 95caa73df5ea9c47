import { site } from './siteFile.ts'

// What pages have that say nothing of their own.
export const SITE_NAME = site.name
export const SITE_SHORT_NAME = site.shortName
export const SITE_SUMMARIES = site.tagline
export const SITE_SUMMARY = site.tagline[site.language]
export const DEFAULT_IMAGE = '/covers/default.jpg'
