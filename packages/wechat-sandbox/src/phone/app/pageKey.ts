const meta = document.querySelector<HTMLMetaElement>('meta[name=wechat-phone-key]')

/** By which the sandbox knows this page from the site's pages in it (phone/pageKey.ts). */
export const PAGE_KEY = meta?.content ?? ''
// Before any page of the site is there to look for it.
meta?.remove()
