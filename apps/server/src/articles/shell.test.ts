import { expect, it } from 'vitest'
import { readerOf } from '../pages/texts.ts'
import { readArticle } from './articles.ts'
import { articleShell, listShell } from './shell.ts'

const chinese = readerOf('zh-CN')
const front = '---\ntitle: T\nsummary: S\npublishedAt: 2026-11-20\n---\n'

it('shows an article whole: its head as text and never as HTML, its text as it was rendered', async () => {
  const article = await readArticle(
    'a.md',
    `${front.replace(' T', " '<b>T</b>'")}## Part\n\n[more](/articles/b)`,
  )
  const html = articleShell(article, chinese)
  expect(html).toContain('<h1>&#60;b&#62;T&#60;/b&#62;</h1>')
  expect(html).not.toContain('<b>')
  expect(html).toContain('<div class="prose"><h2>Part</h2>\n<p><a href="/articles/b">more</a></p>\n</div>')
})

const written = await readArticle('a.md', front.replace('title', 'author: Ann <3\ntitle'))
const account = { name: 'Tea & Co', qr: '/account.png' }

it('says who wrote it: its author, else the account, else nobody', () => {
  const by = (article: typeof written, name: string) =>
    />([^<]*)<\/span><\/p><h1>/.exec(articleShell(article, chinese, { name, qr: '' }))?.[1]
  expect(by(written, 'Tea')).toBe('Ann &#60;3')
  expect(by({ ...written, author: undefined }, 'Tea & Co')).toBe('Tea &#38; Co')
  expect(by({ ...written, author: undefined }, '')).toBeUndefined()
})

it('shows how to follow the account, if its code is known', () => {
  const html = articleShell(written, chinese, account)
  expect(html).toContain('<img src="/account.png"')
  expect(html).toContain('Tea &#38; Co</strong>微信扫码')
  expect(articleShell(written, chinese, { ...account, qr: '' })).not.toContain('class="follow"')
})

it('leads to what was published before and after, where there is something', () => {
  const next = { slug: 'b', title: 'B & C', lang: 'en' }
  const html = articleShell({ ...written, next }, chinese)
  expect(html).toContain(
    '<a href="/articles/b" rel="next"><small>下一篇</small><span lang="en">B &#38; C</span></a>',
  )
  expect(html).not.toContain('上一篇')
  expect(articleShell(written, chinese)).not.toContain('<nav')
})

it('shows the list with links that lead somewhere without any script', async () => {
  const html = listShell([await readArticle('a.md', front.replace(' T', ' T & U'))], chinese)
  expect(html).toContain('<a href="/articles/a">T &#38; U</a>')
})

it.each([
  ['zh-HK', '最新文章', '2026年11月20日'],
  ['en-US', 'Latest articles', 'November 20, 2026'],
  ['fr', 'Latest articles', '20 November 2026'],
  ['*', '最新文章', '2026年11月20日'],
  [undefined, '最新文章', '2026年11月20日'],
])('a reader of %s: %s, %s', async (language, latest, day) => {
  const html = listShell([await readArticle('a.md', front)], readerOf(language))
  expect(html).toContain(`<h1>${latest}</h1>`)
  expect(html).toContain(`>${day}</time>`)
})
