// The guides call each thing by one name, the one that its readers know and search for.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const guidesIn = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`)

// A term that must not appear, and the one to write in its place.
const CHINESE: [RegExp, string][] = [
  [/沙盒|沙箱/, '微信模拟器: the other two words name the test account of WeChat'],
  [/凭证/, '凭据'],
  [/票据/, 'jsapi_ticket'],
  [/主机名/, '域名'],
  [/(?<!原)订阅号/, '公众号, since November 2024'],
  [/原话/, '微信返回的原文'],
  [/处理办法/, '处理建议 or 解决办法'],
  [/裸链接/, '纯链接'],
  [/隧道/, '内网穿透'],
  [/微信的?回答|怎样回答/, '返回'],
  [/此人|登录的人/, '该用户, 登录用户'],
  [/(?<!\*)\*(?!\*)[^*\n]+(?<!\*)\*(?!\*)/, '**粗体**: Chinese in italics is hard to read'],
]
const ENGLISH: [RegExp, string][] = [
  [/\bcan't\b|\bcan not\b/i, 'cannot'],
  [/\banew\b/i, 'again'],
  [/JS-safe domain/i, 'JS interface security domain'],
  [/subscription account|subscription notice/i, 'Official Account, subscription message'],
  [/\bsimulator\b/i, 'sandbox'],
  [/judges? by|holds? against|stands? against/i, 'verifies against, is done against'],
  [/for want of/i, 'no source found'],
  [/is told\b/i, 'returns, shows'],
]
const TERMS: Record<string, [RegExp, string][]> = { docs: ENGLISH, 'docs/zh-CN': CHINESE }

// Its words are those of the rules, which quote WeChat's documents.
const WRITTEN_BY_CODE = ['docs/sandbox-rules.md']
// English only: a reference that the code writes.
const NOT_TRANSLATED = ['docs/sandbox-rules.md', 'docs/sandbox-sdks.md']

/** The text without code and without words of an interface, which stand in quotes. */
const proseOf = (path: string) =>
  read(path)
    .replace(/^ *```.*?^ *```$/gms, '')
    .replace(/`[^`]*`/g, '')
    .replace(/"[^"\n]*"|「[^」\n]*」/g, '')

describe.each(Object.entries(TERMS))('%s', (folder, terms) => {
  const readme = folder === 'docs' ? 'README.md' : 'README.zh-CN.md'
  const guides = [readme, ...guidesIn(folder)].filter((path) => !WRITTEN_BY_CODE.includes(path))

  it.each(guides)('%s uses the terms of the house', (path) => {
    const prose = proseOf(path)
    const found = terms.flatMap(([term, better]) => {
      const word = term.exec(prose)?.[0]
      return word === undefined ? [] : `"${word}": write ${better}`
    })
    expect(found).toEqual([])
  })
})

it.each(guidesIn('docs').filter((path) => !NOT_TRANSLATED.includes(path)))('%s is there in Chinese', (path) =>
  expect(existsSync(join(root, path.replace('docs/', 'docs/zh-CN/')))).toBe(true),
)

// What the pages, the phone, the hints and the commands say, whatever the file: each line with Chinese in it, but for
// comments, which quote WeChat's documents by their titles.
const INTERFACE: [RegExp, string][] = CHINESE.slice(0, 4)
const SAYS_SOMETHING = ['apps', 'packages', 'content'].flatMap((folder) =>
  readdirSync(join(root, folder), { encoding: 'utf8', recursive: true })
    .filter((name) => /\.(ts|vue|html|json|md)$/.test(name) && !/node_modules|dist\/|\.test\.ts$/.test(name))
    .map((name) => join(folder, name)),
)

it('the interface uses the terms of the house', () => {
  const lines = SAYS_SOMETHING.flatMap((path) =>
    read(path)
      .split('\n')
      .filter((line) => /[\u4e00-\u9fff]/.test(line) && !/^\s*(\/\/|\*)/.test(line))
      .map((line) => [path, line] as const),
  )
  expect(lines.length).toBeGreaterThan(500)
  expect(
    lines.flatMap(([path, line]) =>
      INTERFACE.filter(([term]) => term.test(line)).map(([, better]) => `${path}: ${line.trim()}: ${better}`),
    ),
  ).toEqual([])
})

const setUps = read('packages/wechat-sandbox/src/phone/app/setUps.ts')
const SET_UP_NAMES = [
  ...setUps.slice(setUps.indexOf('export const SET_UPS')).matchAll(/^ {2}'?([\w-]+)'?: \{/gm),
].map(([, name]) => name)

describe.each([
  ['docs/troubleshooting.md', ['**Meaning.** ', '**In the sandbox.** ', '**What to do.** '], /"([^"\n·]+)"/g],
  [
    'docs/zh-CN/troubleshooting.md',
    ['**含义。** ', '**在模拟器里重现。** ', '**解决。** '],
    /「([^」\n·]+)」/g,
  ],
] as const)('%s', (path, parts, quoted) => {
  const [, ...sections] = read(path).split('\n## ')
  const [, recipe] = parts

  it('a link sets up what it says', () => {
    const names = [...read(path).matchAll(/wechat_try=([\w-]+)\)/g)].map(([, name = '']) => name)
    expect(new Set(names)).toEqual(new Set(SET_UP_NAMES))
  })

  it('answers the questions that people really ask', () => expect(sections.length).toBeGreaterThanOrEqual(15))

  it.each(sections.map((section) => [section.split('\n')[0], section]))(
    '%s: what it means, how to see it in the sandbox, what to do',
    (_heading, section = '') => {
      const starts = section.split('\n').map((line) => parts.find((part) => line.startsWith(part)))
      expect(starts.filter((part) => part !== undefined)).toEqual(parts)
    },
  )

  // What the panel and the pages say is in these folders, whatever the file.
  const interfaces = ['packages', 'apps'].flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${folder}/${name}/src`),
  )
  const words = interfaces
    .flatMap((folder) =>
      readdirSync(join(root, folder), { encoding: 'utf8', recursive: true })
        .filter((name) => /\.(ts|vue)$/.test(name) && !name.endsWith('.test.ts'))
        .map((name) => read(join(folder, name))),
    )
    .join('\n')
    .replaceAll('\\', '')

  it('what a recipe says to choose is there to be chosen', () => {
    const recipes = sections
      .flatMap((section) => section.split('\n\n').filter((paragraph) => paragraph.startsWith(recipe)))
      .map((paragraph) => paragraph.replace(/\s+/g, ' ').replaceAll('\\', ''))
    const labels = recipes.flatMap((text) => [...text.matchAll(quoted)].map(([, label = '']) => label))
    expect(labels.length).toBeGreaterThan(20)
    expect(labels.filter((label) => !words.includes(label))).toEqual([])
  })
})
