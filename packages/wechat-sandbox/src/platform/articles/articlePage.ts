import type { Article } from './article.ts'

/**
 * The page of an article. Its text comes from whoever has the account's token, and its origin is the phone's own:
 * nothing in it may run.
 */
export const ARTICLE_HEADERS = {
  'content-security-policy':
    // With its own origin, so that the phone can read the title.
    "sandbox allow-same-origin allow-popups; default-src 'none'; img-src * data:; media-src *; " +
    "style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

/** @param pictures the addresses of an article of pictures */
export function articlePage(
  { title, author, content, content_source_url }: Article,
  { account, pictures }: { account: string; pictures: readonly string[] },
): string {
  const shown = pictures.map((address) => `<img src="${escape(address)}" alt="">`).join('')
  const source = /^https?:\/\//.test(content_source_url)
    ? `<p><a href="${escape(content_source_url)}">阅读原文</a></p>`
    : ''
  return pageOf(
    title,
    `<h1>${escape(title)}</h1><p class="by">${escape([author, account].filter(Boolean).join(' · '))}</p>` +
      `<article>${shown}${content}</article>${source}`,
  )
}

/** What stands at the address of an article that its account has deleted. */
export const deletedPage = (): string => pageOf('该内容已被发布者删除', '<h1>该内容已被发布者删除</h1>')

const pageOf = (title: string, body: string): string =>
  `<!doctype html><html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${escape(title)}</title><style>body{max-width:640px;margin:20px auto;padding:0 16px;` +
  `font:17px/1.7 sans-serif;overflow-wrap:anywhere}.by{color:#888;font-size:14px}img{max-width:100%}</style>${body}`

const escape = (text: string): string => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)
