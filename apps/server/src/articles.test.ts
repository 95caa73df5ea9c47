import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openArticles, readArticle } from './articles.ts'

const front = 'title: T\nsummary: S\npublishedAt: 2026-11-20'
const article = (head: string, body = 'text') => readArticle('hello-world.md', `---\n${head}\n---\n${body}`)

describe('readArticle', () => {
  it('takes the slug from the file, fills in cover and language', () => {
    expect(article(front)).toEqual({
      slug: 'hello-world',
      title: 'T',
      summary: 'S',
      cover: '/covers/default.jpg',
      publishedAt: '2026-11-20',
      lang: 'zh-CN',
      html: '<p>text</p>\n',
    })
  })

  it('colours code and keeps raw HTML out', () => {
    const { html } = article(
      front,
      '```ts\nconst a = 1\n```\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))',
    )
    expect(html).toContain('<span class="hljs-keyword">const</span>')
    expect(html).not.toMatch(/<script|href="javascript/)
  })

  it.each([
    ['no front matter', 'hello-world.md', 'text', /front matter between two lines of ---/],
    [
      'a field missing',
      'hello-world.md',
      '---\ntitle: T\npublishedAt: 2026-11-20\n---\n',
      /hello-world\.md.*summary/,
    ],
    ['no date', 'hello-world.md', '---\ntitle: T\nsummary: S\npublishedAt: soon\n---\n', /publishedAt/],
    ['a name that is no address', 'Hello World.md', `---\n${front}\n---\n`, /lower-case letters/],
  ])('says what is wrong: %s', (_case, name, text, message) =>
    expect(() => readArticle(name, text)).toThrow(message),
  )
})

it('the articles of this project are in order, newest first', async () => {
  const list = await (
    await openArticles({ folder: join(import.meta.dirname, '../../../content/articles') })
  ).list()
  expect(list.length).toBeGreaterThanOrEqual(3)
  const days = list.map(({ publishedAt }) => publishedAt)
  expect(days).toEqual([...days].sort().reverse())
  expect(list[0]).not.toHaveProperty('html')
})

it('in development a slip is told on the page, and mended by saving the file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'articles-'))
  const save = (head: string) => writeFileSync(join(folder, 'a.md'), `---\n${head}\n---\ntext`)
  save(front)
  const articles = await openArticles({ folder, reload: true })
  save('title: T\npublishedAt: 2026-11-20')
  await expect(articles.list()).rejects.toMatchObject({
    fields: { code: 'article_invalid', detail: expect.stringMatching(/a\.md.*summary/) },
  })
  save(front)
  expect(await articles.list()).toHaveLength(1)
  rmSync(folder, { recursive: true })
})

it('what may be wider than a phone can be scrolled with a keyboard', () => {
  expect(article(front, '```\na < b\n```').html).toBe('<pre tabindex="0"><code>a &lt; b\n</code></pre>\n')
  expect(article(front, '|a|\n|-|\n|b|').html).toMatch(
    /^<div class="scroll" tabindex="0"><table>.*<\/table><\/div>/s,
  )
})

it('pictures in the text load when they are near', () => {
  expect(article(front, '![A cup](/covers/a.jpg)').html).toBe(
    '<p><img src="/covers/a.jpg" alt="A cup" loading="lazy"></p>\n',
  )
})

describe('share', () => {
  it('overrides what the card shows, field by field', () => {
    expect(article(`${front}\nshare:\n  title: For friends`).share).toEqual({ title: 'For friends' })
  })

  it('names a field that it does not know', () => {
    expect(() => article(`${front}\nshare:\n  image: /a.jpg`)).toThrow(/hello-world\.md.*image/)
  })
})

it('the article that docs/extending.md walks through is one', () => {
  const document = readFileSync(join(import.meta.dirname, '../../../docs/extending.md'), 'utf8')
  const file = /^```markdown\n(.*?)^```/ms.exec(document)?.[1] ?? ''
  expect(readArticle('tea-in-autumn.md', file)).toMatchObject({
    title: 'Tea in autumn',
    share: { title: 'Cold morning? Tea.' },
    html: '<p>Start with a <strong>roasted oolong</strong>.</p>\n',
  })
})
