import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readLegalTexts } from './legalTexts.ts'
import { readSite } from './siteFile.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'legal-'))))
afterEach(() => rmSync(folder, { recursive: true }))

const least = { name: 'Tea', shortName: 'Tea' }
const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
const read = (more = {}) => readLegalTexts('privacy', { folder, site: readSite({ ...least, ...more }) })

it("each language that there is, the site's own first, with who is behind it", async () => {
  write('privacy.zh-CN.md', '# 隐私\n\n{{owner}}，{{contact}}\n')
  write('privacy.en.md', '# Privacy\r\n\r\nBy {{owner}} of {{name}}.\r\n')
  expect(await read({ owner: 'Ann', contact: 'a@example.com' })).toEqual([
    { lang: 'zh-CN', title: '隐私', html: '<p>Ann，a@example.com</p>\n' },
    { lang: 'en', title: 'Privacy', html: '<p>By Ann of Tea.</p>\n' },
  ])
  expect((await read({ language: 'en' })).map(({ lang }) => lang)).toEqual(['en', 'zh-CN'])
})

it('says something readable of what is not known', async () => {
  write('privacy.zh-CN.md', '# 隐私\n\n{{owner}}，{{contact}}\n')
  expect((await read())[0]?.html).toBe('<p>「Tea」的运营者，公众号留言</p>\n')
})

it('shows HTML as text', async () => {
  write('privacy.en.md', '# <b>P</b>\n\n<script>alert(1)</script>\n')
  const [text] = await read()
  expect(text).toMatchObject({ title: '<b>P</b>' })
  expect(text?.html).not.toContain('<script>')
})

it('a file that is missing or wrong is named', async () => {
  await expect(read()).rejects.toThrow('content/privacy.zh-CN.md is missing')
  write('privacy.en.md', 'Privacy\n')
  await expect(read()).rejects.toThrow('content/privacy.en.md:1: the file starts with its title')
  write('privacy.en.md', '# Privacy\n\n{{adress}}\n')
  await expect(read()).rejects.toThrow('content/privacy.en.md: {{adress}} stands for nothing')
})
