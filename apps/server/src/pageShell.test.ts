import { expect, it } from 'vitest'
import { readArticle } from './articles.ts'
import { pageShell } from './pageShell.ts'

it('shows the head of an article, as text and never as HTML', () => {
  const article = readArticle(
    'a.md',
    "---\ntitle: '<b>T</b>'\nsummary: S\npublishedAt: 2026-11-20\n---\ntext",
  )
  const html = pageShell('A & B', article)
  expect(html).toContain('<h1>&#60;b&#62;T&#60;/b&#62;</h1>')
  expect(html).toContain('A &#38; B</span>')
  expect(html).not.toContain('<b>')
})

it('is only the bar elsewhere', () => expect(pageShell('A', undefined)).not.toContain('<main'))
