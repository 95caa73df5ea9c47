// Sign-ups that are full or have ended, and the picture of a browser that has no chooser of WeChat's.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { startSite } from '../runningSite.ts'
import { expect, lead, SITE, test as base } from '../world.ts'

const DIST = join(import.meta.dirname, '../../dist')
const form = (page: Page) => page.locator('#signup')

// The release with two articles more.
const test = base.extend({
  site: async ({ hosts }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'signups-'))
    cpSync(DIST, join(folder, 'dist'), { recursive: true })
    for (const [slug, terms] of [
      ['tea', 'places: 1'],
      ['ended', 'closesAt: 2026-01-01T00:00:00+08:00'],
    ])
      writeFileSync(join(folder, `dist/content/articles/${slug}.md`), articleOf(terms ?? ''))
    const site = await startSite(SITE, join(folder, 'dist/server.js'))
    lead(hosts, site)
    await use(site)
    lead(hosts)
    await site.close()
    rmSync(folder, { recursive: true })
  },
})

const articleOf = (terms: string) => `---
title: 品茶会
summary: 一起喝茶
publishedAt: 2025-12-01
lang: zh-CN
signup:
  ${terms}
  fields:
    - { name: name, label: 姓名, type: text, required: true }
    - { name: photo, label: 茶杯, type: picture }
---

一起喝茶。
`

async function open(page: Page, slug: string): Promise<void> {
  await page.goto(`${SITE}/articles/${slug}`)
  await form(page).scrollIntoViewIfNeeded()
}
const logIn = (page: Page, slug: string) =>
  page.goto(`${SITE}/api/wechat/oauth/authorize?returnTo=/articles/${slug}`)
const send = async (page: Page, name: string) => {
  await form(page).getByLabel('姓名').fill(name)
  await form(page).getByRole('button', { name: '提交报名' }).click()
}

test('the last place is given once: who comes too late is told so, and may come when it is free again', async ({
  open: openWechat,
}) => {
  test.slow() // two people
  const [{ page: first }, { page: second }] = [
    await openWechat('android'),
    await openWechat('ios', { person: 'amu' }),
  ]
  await logIn(first, 'tea')
  await open(second, 'tea')
  await expect(form(second)).toContainText('还剩 1 个名额')
  await form(first).scrollIntoViewIfNeeded()
  await send(first, '小晴')
  await expect(form(first).getByRole('status')).toHaveText('报名成功，到时见。')

  // The form was open before; the login lies between, and the place is gone.
  await send(second, '阿木')
  await expect(form(second)).toContainText('名额已满')
  await expect(form(second)).not.toContainText('请核对后提交')
  await expect(form(second).getByLabel('姓名')).toHaveCount(0)
  await expect(form(second).getByRole('button')).toHaveCount(0)

  // Whose login has ended can still get to what they have left.
  await first.evaluate(() => fetch('/api/session', { method: 'DELETE' }))
  await open(first, 'tea')
  await expect(form(first)).toContainText('名额已满')
  await form(first).getByRole('button', { name: '已经报过名？登录查看' }).click()
  await expect(form(first).getByRole('status')).toHaveText('你已经报名，可以在这里修改。')
  first.once('dialog', (dialog) => void dialog.accept())
  await form(first).getByRole('button', { name: '取消报名' }).click()
  await expect(form(first).getByRole('status')).toHaveText('已取消报名。')

  await second.reload()
  await form(second).scrollIntoViewIfNeeded()
  await send(second, '阿木')
  await expect(form(second).getByRole('status')).toHaveText('报名成功，到时见。')

  await open(second, 'ended')
  await expect(form(second)).toContainText('报名已结束。')
  await expect(form(second).getByLabel('姓名')).toHaveCount(0)
})

test('without the chooser of WeChat a plain file does: what is no picture is told, a picture is shown', async ({
  open: openWechat,
  chrome,
}) => {
  test.slow()
  const wechat = await openWechat('android')
  await logIn(wechat.page, 'tea')
  // The same person in a plain browser, as on a computer.
  const context = await chrome.newContext({
    ignoreHTTPSErrors: true,
    locale: 'zh-CN',
    storageState: await wechat.context.storageState(),
  })
  const page = await context.newPage()
  await open(page, 'tea')
  const file = form(page).getByLabel('茶杯')
  await file.setInputFiles({ name: 'cup.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<script>') })
  await expect(file).toHaveAccessibleDescription('请选择 JPEG、PNG 或 WebP 格式的图片')
  await file.setInputFiles({
    name: 'cup.jpg',
    mimeType: 'image/jpeg',
    buffer: readFileSync(join(DIST, 'web/covers/default.jpg')),
  })
  const picture = form(page).getByRole('img', { name: '图片已上传' })
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0)
  await expect(file).toHaveAccessibleDescription('')
  await send(page, '小晴')
  await expect(form(page).getByRole('status')).toHaveText('报名成功，到时见。')
  await page.reload()
  await form(page).scrollIntoViewIfNeeded()
  await expect(picture).toBeVisible()
  await context.close()
})
