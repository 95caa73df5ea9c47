// pnpm --filter template pictures: the README's moving pictures of the first minute, one a language. Needs ffmpeg.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { startDev } from 'starter-tools/testing'
import { freePort } from 'wechat-core/testing'

const SIZE = { width: 1180, height: 760 }
const docs = join(import.meta.dirname, '../../docs/images')

/** What the phone and the pages say in a language, as far as it is tapped here. */
const LABELS = {
  'en-GB': {
    file: 'first-minute.webp',
    more: 'More',
    friend: 'Send to friend',
    back: 'Back',
    faults: 'Rules and faults',
    ended: 'The jsapi_ticket expires',
    why: 'wx.config failed: see why',
    me: 'Me',
    login: 'Log in with WeChat',
    allow: 'Allow',
  },
  'zh-CN': {
    file: 'first-minute.zh-CN.webp',
    more: '更多',
    friend: '发送给朋友',
    back: '返回',
    faults: '规则与故障',
    ended: 'jsapi_ticket 失效',
    why: 'wx.config 失败，查看原因',
    me: '我的',
    login: '微信登录',
    allow: '允许',
  },
}
type Labels = (typeof LABELS)['en-GB']

/** The first minute with the phone; `shoot` keeps what is seen for so many seconds. */
async function play(page: Page, labels: Labels, shoot: (seconds: number) => Promise<void>) {
  const web = page.frameLocator('#webview')
  const ready = () => web.locator('[data-status="ready"]').waitFor()
  await page.locator('#webview').waitFor()
  await web.getByRole('link', { name: '从零到第一张分享卡片' }).waitFor()
  await shoot(1.5)
  await web.getByRole('link', { name: '从零到第一张分享卡片' }).click()
  await ready()
  await shoot(1.5)
  await page.getByRole('button', { name: labels.more }).click()
  await shoot(1.5)
  await page.getByRole('button', { name: labels.friend }).click()
  await page.locator('#chat .card img').waitFor()
  await shoot(2.5)

  await page.getByRole('button', { name: labels.back, exact: true }).click()
  await page.getByRole('tab', { name: labels.faults }).click()
  await page.getByRole('button', { name: labels.ended }).scrollIntoViewIfNeeded()
  await page.getByRole('button', { name: labels.ended }).click()
  await shoot(2)
  await page.reload()
  await page.getByRole('button', { name: labels.why }).click()
  await page.locator('.entry.bad .refusal').first().waitFor()
  await shoot(4)

  await page.keyboard.press('Escape')
  await web.getByRole('link', { name: labels.me, exact: true }).click()
  await web.getByRole('button', { name: labels.login }).waitFor()
  await shoot(1.5)
  await web.getByRole('button', { name: labels.login }).click()
  await web.getByText('Lin', { exact: true }).click()
  await shoot(1.5)
  await web.getByRole('button', { name: labels.allow }).click()
  await web.getByRole('heading', { level: 1, name: 'Lin' }).waitFor()
  await shoot(2.5)
}

const executablePath = process.env['CHROMIUM_PATH']
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: ['--no-sandbox', '--force-color-profile=srgb'],
})
for (const [locale, labels] of Object.entries(LABELS)) {
  const frames = mkdtempSync(join(tmpdir(), 'first-minute-'))
  const [port, api] = [await freePort(), await freePort()]
  const env = { PUBLIC_URL: `http://localhost:${port}`, PORT: String(api), STORE_URL: 'memory:' }
  const dev = await startDev({ env })
  const page = await browser.newPage({ viewport: SIZE, locale, deviceScaleFactor: 1 })
  await page.goto(env.PUBLIC_URL)
  const list: string[] = []
  await play(page, labels, async (seconds) => {
    await page.waitForTimeout(700) // pictures have come, and what slides in has arrived
    const path = join(frames, `${list.length}.png`)
    await page.screenshot({ path })
    list.push(path, String(seconds))
  })
  await page.close()
  await dev.stop()
  encode(list, join(docs, labels.file))
  rmSync(frames, { recursive: true })
}
await browser.close()

/** One moving picture of stills, each with its seconds. */
function encode(stills: string[], path: string): void {
  const inputs: string[] = []
  const chain: string[] = []
  for (let at = 0; at < stills.length; at += 2) {
    inputs.push('-loop', '1', '-framerate', '2', '-t', stills[at + 1] ?? '1', '-i', stills[at] ?? '')
    chain.push(`[${at / 2}:v]`)
  }
  const { status, stderr, error } = spawnSync(
    'ffmpeg',
    [
      '-v',
      'error',
      '-y',
      ...inputs,
      '-filter_complex',
      `${chain.join('')}concat=n=${chain.length}:v=1`,
      ...['-c:v', 'libwebp_anim', '-quality', '72', '-loop', '0', path],
    ],
    { encoding: 'utf8' },
  )
  if (error) throw new Error('ffmpeg is needed to make the moving picture: apt-get install ffmpeg')
  if (status !== 0) throw new Error(`ffmpeg: ${stderr}`)
}
