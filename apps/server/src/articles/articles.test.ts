import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openArticles, readArticle } from './articles.ts'
import type { ContentProblem } from './contract.ts'

const front = 'title: T\nsummary: S\npublishedAt: 2026-11-20'
const article = (head: string, body = 'text') => readArticle('hello-world.md', `---\n${head}\n---\n${body}`)

describe('readArticle', () => {
  it('takes the slug from the file, fills in cover and language', async () => {
    expect(await article(front)).toEqual({
      slug: 'hello-world',
      title: 'T',
      summary: 'S',
      cover: '/covers/default.jpg',
      publishedAt: '2026-11-20',
      lang: 'zh-CN',
      html: '<p>text</p>\n',
    })
  })

  it('colours code and keeps raw HTML out', async () => {
    const { html } = await article(
      front,
      '```ts\nconst a = 1\n```\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))',
    )
    expect(html).toContain('<span class="hljs-keyword">const</span>')
    expect(html).not.toMatch(/<script|href="javascript/)
  })

  it.each([
    ['no front matter', 'text', '1: the file starts with front matter between two lines of ---'],
    ['a field missing', 'title: T\npublishedAt: 2026-11-20', '1: summary is missing: one or two sentences'],
    ['a field empty', 'title:\nsummary: S\npublishedAt: 2026-11-20', '2: title is missing: the headline'],
    ['no date', 'title: T\nsummary: S', '1: publishedAt is missing: the day of publication, like 2026-11-20'],
    ['an empty date', 'title: T\nsummary: S\npublishedAt:', '4: publishedAt is missing: the day'],
    [
      'a word for a date',
      'title: T\nsummary: S\npublishedAt: soon',
      '4: publishedAt is "soon", but has to be the day',
    ],
    ['a day that is none', 'title: T\nsummary: S\npublishedAt: 2026-13-01', '4: publishedAt is "2026-13-01"'],
    [
      'a number for a text',
      'title: 2026\nsummary: S\npublishedAt: 2026-11-20',
      '2: title is 2026, but has to be the headline, a text; in quotes it is a text',
    ],
    [
      'a quote that never ends',
      'summary: S\ntitle: "Tea\npublishedAt: 2026-11-20',
      '3: title: something is opened and never closed',
    ],
    [
      'a colon in a text',
      'title: Tea: a story\nsummary: S\npublishedAt: 2026-11-20',
      '2: title: a text with ": " in it stands in quotes',
    ],
    [
      'a field twice',
      'title: T\ntitle: U\nsummary: S\npublishedAt: 2026-11-20',
      '3: title: it is there twice',
    ],
    ['a list', '- title', '1: each line of the front matter is a field'],
    [
      'a card that is a text',
      `${front}\nshare: yes please`,
      '5: share is "yes please", but has to be what the card shows',
    ],
  ])('says what is wrong, and where: %s', async (_case, head, message) => {
    const text = head === 'text' ? head : `---\n${head}\n---\n`
    await expect(readArticle('hello-world.md', text)).rejects.toThrow(
      `content/articles/hello-world.md:${message}`,
    )
  })

  it('says everything that is wrong at once', async () => {
    await expect(article('title: ""')).rejects.toThrow(
      /title is missing.*\n.*summary is missing.*\n.*publishedAt is missing/,
    )
  })

  it('says that a name is no address', async () => {
    await expect(readArticle('Hello World.md', `---\n${front}\n---\n`)).rejects.toThrow(
      /content\/articles\/Hello World\.md:1: the name.*lower-case letters/,
    )
  })
})

it('an article knows its neighbours, and the list does not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'neighbours-'))
  for (const day of [1, 2, 3])
    writeFileSync(
      join(folder, `day-${day}.md`),
      `---\ntitle: Day ${day}\nsummary: S\npublishedAt: 2026-11-0${day}\n---\n`,
    )
  const articles = await openArticles({ folder })
  const named = (day: number) => ({ slug: `day-${day}`, title: `Day ${day}`, lang: 'zh-CN' })
  expect(await articles.find('day-2')).toMatchObject({ previous: named(1), next: named(3) })
  expect(await articles.find('day-1')).not.toHaveProperty('previous')
  expect(await articles.find('day-3')).not.toHaveProperty('next')
  expect(Object.keys((await articles.list())[1] ?? {})).not.toContain('next')
  rmSync(folder, { recursive: true })
})

it('the articles of this project are in order, newest first', async () => {
  const list = await (
    await openArticles({ folder: join(import.meta.dirname, '../../../../content/articles') })
  ).list()
  expect(list.length).toBeGreaterThanOrEqual(3)
  const days = list.map(({ publishedAt }) => publishedAt)
  expect(days).toEqual([...days].sort().reverse())
  expect(list[0]).not.toHaveProperty('html')
})

describe('a file that cannot be read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'articles-'))
  const save = (name: string, head: string) => writeFileSync(join(folder, name), `---\n${head}\n---\ntext`)
  afterAll(() => rmSync(folder, { recursive: true }))

  it('in development the list goes on without it, and everybody is told, once', async () => {
    save('a.md', front)
    save('b.md', 'title: "Tea')
    const told: string[] = []
    const onProblems = (problems: ContentProblem[]) => told.push(problems.map(({ file }) => file).join())
    const articles = await openArticles({ folder, reload: true, onProblems })
    expect(await articles.list()).toMatchObject([{ slug: 'a' }])
    expect(await articles.problems()).toEqual([
      { file: 'content/articles/b.md', line: 2, message: expect.stringContaining('never closed') },
    ])
    await expect(articles.find('b')).rejects.toMatchObject({
      fields: { code: 'article_invalid', detail: expect.not.stringMatching(/title/) },
    })
    save('b.md', front)
    expect(await articles.list()).toHaveLength(2)
    expect(await articles.problems()).toEqual([])
    expect(told).toEqual(['content/articles/b.md', ''])
  })

  it('in production nothing starts, and all of them are named', async () => {
    save('b.md', 'title: "Tea')
    save('c.md', 'title: T')
    await expect(openArticles({ folder })).rejects.toThrow(/b\.md:2: title.*\n.*c\.md:1: summary/s)
  })
})

it('what may be wider than a phone can be scrolled with a keyboard', async () => {
  expect((await article(front, '```\na < b\n```')).html).toBe(
    '<pre tabindex="0"><code>a &lt; b\n</code></pre>\n',
  )
  expect((await article(front, '|a|\n|-|\n|b|')).html).toMatch(
    /^<div class="scroll" tabindex="0"><table>.*<\/table><\/div>/s,
  )
})

it('pictures in the text load when they are near', async () => {
  expect((await article(front, '![A cup](/covers/a.jpg)')).html).toBe(
    '<p><img src="/covers/a.jpg" alt="A cup" loading="lazy"></p>\n',
  )
})

describe('share', () => {
  it('overrides what the card shows, field by field', async () => {
    expect((await article(`${front}\nshare:\n  title: For friends`)).share).toEqual({ title: 'For friends' })
  })

  it('names a field that it does not know', async () => {
    await expect(article(`${front}\nshare:\n  image: /a.jpg`)).rejects.toThrow(
      /hello-world\.md:6: share\.image: no such field/,
    )
  })
})

it('the article that docs/extending.md walks through is one', async () => {
  const document = readFileSync(join(import.meta.dirname, '../../../../docs/extending.md'), 'utf8')
  const file = /^```markdown\n(.*?)^```/ms.exec(document)?.[1] ?? ''
  expect(await readArticle('tea-in-autumn.md', file)).toMatchObject({
    title: 'Tea in autumn',
    share: { title: 'Cold morning? Tea.' },
    html: '<p>Start with a <strong>roasted oolong</strong>.</p>\n',
  })
})
