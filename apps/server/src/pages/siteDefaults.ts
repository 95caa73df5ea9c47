import site from '../../../../content/site.json' with { type: 'json' }

// What pages have that say nothing of their own.
export const SITE_NAME = site.name
export const SITE_SHORT_NAME = site.shortName
export const SITE_SUMMARY = 'Pages that live inside WeChat: shared well, logged in, tested.'
export const DEFAULT_IMAGE = '/covers/default.jpg'
