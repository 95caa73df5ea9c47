import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatFiles } from './formatFiles.ts'

// What a guide says of the template's own tests, and what stands there in a project.
const TESTED = /`(?:template|e2e)\/[^`]*`: [^|\n]*\|$/gm
const SELF_TESTED = / A test \(`template\/[^`]*`\)[^.]*\.|另有一个测试（`template\/[^`]*`）[^；。]*[；。]/
const OF_TEMPLATE = { en: 'a test of the template', zh: '由模板的测试验证' }
// What is about the demo, beside its files.
const GUIDE = 'signup-and-shares.md'
const SAMPLE = '/articles/first-share-card'
const LANGUAGE_LINK = /^\[(?:简体中文|English)\].*\n/m
const NOTE = {
  en: '> This project was made with `--bare`: what is named below of the demo, as an example, is in the template only.',
  zh: '> 本项目用 `--bare` 生成：下文作为例子提到的演示文件，只在模板里有。',
}

/** Lets the guides name no test, and no command, that only the template has. */
export function leaveOutTemplate(root: string): void {
  change(root, (text, language) =>
    text
      .replace(/^.*--filter template.*\n/gm, '')
      .replace(SELF_TESTED, '')
      .replace(TESTED, (cell) => {
        const [, path = ''] = /`([^`]*)`/.exec(cell) ?? []
        return existsSync(join(root, path)) ? cell : `${OF_TEMPLATE[language]} |`
      }),
  )
}

/**
 * Takes rows about the demo out of the guides' tables, and links into the sandbox open the start page. Where a guide
 * still names a file of the demo, its top says so.
 *
 * @param paths files and folders of the demo
 */
export function leaveOutDemo(root: string, paths: string[]): void {
  const names = [...paths.map((path) => `\`${path}`), GUIDE]
  const isNamed = (text: string) => names.some((name) => text.includes(name))
  change(root, (text, language) => {
    const left = text.replace(/^\|.*\n/gm, (row) => (isNamed(row) ? '' : row)).replaceAll(SAMPLE, '/')
    return isNamed(left) ? left.replace(LANGUAGE_LINK, (link) => `${link}\n${NOTE[language]}\n`) : left
  })
}

function change(root: string, changed: (text: string, language: 'en' | 'zh') => string): void {
  const written = guides(root).filter((name) => {
    const file = join(root, name)
    const text = readFileSync(file, 'utf8')
    const left = changed(text, /zh-CN/.test(name) ? 'zh' : 'en')
    if (left !== text) writeFileSync(file, left)
    return left !== text
  })
  formatFiles(root, written)
}

function guides(root: string): string[] {
  return ['.', 'docs', 'docs/zh-CN']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)))
    .filter((name) => name.endsWith('.md') && name !== 'CHANGELOG.md')
}
