import { expect, it } from 'vitest'
import { readArticle } from '../articles/articles.ts'
import { pageShell } from './shell.ts'
import { readerOf } from './words.ts'

const chinese = readerOf('zh-CN')
const read = (text: string) => {
  const { html: textOf, ...article } = readArticle('a.md', text)
  return { data: { article }, text: textOf }
}

it('shows an article whole: its head as text and never as HTML, its text as it was rendered', () => {
  const html = pageShell(
    read("---\ntitle: '<b>T</b>'\nsummary: S\npublishedAt: 2026-11-20\n---\n## Part\n\n[more](/articles/b)"),
    chinese,
  )
  expect(html).toContain('<h1>&#60;b&#62;T&#60;/b&#62;</h1>')
  expect(html).not.toContain('<b>')
  expect(html).toContain('<div class="prose"><h2>Part</h2>\n<p><a href="/articles/b">more</a></p>\n</div>')
})

it('shows the list with links that lead somewhere without any script', () => {
  const { article } = read('---\ntitle: T & U\nsummary: S\npublishedAt: 2026-11-20\n---\n').data
  const html = pageShell({ data: { articles: [article] } }, chinese)
  expect(html).toContain('<a href="/articles/a">T &#38; U</a>')
  expect(html).toContain('<a class="bar-link" href="/me">我的</a>')
})

it('is only the bar elsewhere', () =>
  expect(pageShell({ data: {} }, chinese)).toMatch(/<main [^>]*><\/main>$/))

it.each([
  ['zh-HK', '最新文章', '2026年11月20日'],
  ['en-US', 'Latest articles', 'November 20, 2026'],
  ['fr', 'Latest articles', '20 November 2026'],
  ['*', '最新文章', '2026年11月20日'],
  [undefined, '最新文章', '2026年11月20日'],
])('a reader of %s: %s, %s', (language, latest, day) => {
  const { article } = read('---\ntitle: T\nsummary: S\npublishedAt: 2026-11-20\n---\n').data
  const html = pageShell({ data: { articles: [article] } }, readerOf(language))
  expect(html).toContain(`<h1>${latest}</h1>`)
  expect(html).toContain(`>${day}</time>`)
})
