// How the phone and its panel look: by day and by night, in both languages, and where there is little room.
import { AxeBuilder } from '@axe-core/playwright'
import { configured, expect, inPage, test } from './phoneWorld.ts'

test('no violation of accessibility, by day and by night', async ({ open }) => {
  test.slow() // axe looks at everything
  const { page, web } = await open()
  const violations = async (rules: string[] = []) => {
    const axe = new AxeBuilder({ page }).exclude('#webview')
    if (rules.length) axe.withRules(rules)
    const { violations } = await axe.analyze()
    return violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => target.join(' '))])
  }
  const night = async () => {
    await page.evaluate(() => (document.body.dataset['theme'] = 'dark'))
    const found = await violations(['color-contrast'])
    await page.evaluate(() => (document.body.dataset['theme'] = 'light'))
    return found
  }
  // Each look takes in one screen of the phone and one tab of the panel.
  await inPage(web, `configure(location.origin + '/wrong', { jsApiList: [] })`)
  await page.getByRole('button', { name: 'More' }).click()
  expect(await violations()).toEqual([])
  expect(await night()).toEqual([])
  await page.getByRole('button', { name: 'Send to friend' }).click()
  for (const _screen of ['web', 'chats']) await page.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('button', { name: /My Official Account/ }).click()
  await page.getByRole('tab', { name: 'Account' }).click()
  expect(await violations()).toEqual([])
  expect(await night()).toEqual([])
})

test('looks: a long page stays within the round corners of the phone', async ({ open }) => {
  const { page, web } = await open()
  // What scrolls by itself and has round corners makes Chromium draw the page in parts.
  await inPage(
    web,
    `document.body.style.background = 'rgb(200, 80, 80)'
    document.body.insertAdjacentHTML('beforeend', '<div style="height: 480px"></div><pre style="overflow: auto; border-radius: 12px; width: 300px; background: #ffd">' + 'x'.repeat(300) + '</pre><div style="height: 3000px"></div>')`,
  )
  await page.waitForTimeout(500) // drawing takes a moment to go wrong
  const { x = 0, y = 0, width = 0, height = 0 } = (await page.locator('#phone').boundingBox()) ?? {}
  const foot = await page.screenshot({ clip: { x, y: y + height - 46, width, height: 46 } })
  const stray = await page.evaluate(
    async (png) => {
      const image = await createImageBitmap(await (await fetch(png)).blob())
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d')
      if (!context) throw new Error('nothing to draw on')
      context.drawImage(image, 0, 0)
      const { data } = context.getImageData(0, 0, image.width, image.height)
      // Of the two corners' squares, what lies outside of the curve has to have the colour of the phone's body.
      return Array.from({ length: 46 * 46 * 2 }, (_, at) => {
        const [row, column] = [Math.floor(at / 92), at % 92]
        const fromSide = column % 46
        const away = Math.hypot(45.5 - fromSide, row + 0.5)
        const pixel = (row * image.width + (column < 46 ? fromSide : image.width - 1 - fromSide)) * 4
        return away > 47.5 && away < 55 && Math.abs((data[pixel] ?? 0) - 21) > 12
      }).filter(Boolean).length
    },
    `data:image/png;base64,${foot.toString('base64')}`,
  )
  expect(stray).toBe(0)
})

test('looks: toasts leave in sight what they speak of, and the focus is never lost', async ({
  open,
  url,
}) => {
  test.slow() // many shares
  const { page, web } = await open({ width: 390, locale: 'zh-CN' })
  await configured(web, 'updateAppMessageShareData', 'updateTimelineShareData')
  const card = { title: '卡片', desc: 'd', link: `${url}/card`, imgUrl: `${url}/nothing.png` }
  for (const name of ['updateAppMessageShareData', 'updateTimelineShareData'])
    await inPage(web, `call('${name}', ${JSON.stringify(card)})`)
  const share = async (label: string) => {
    await page.getByRole('button', { name: '更多' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: label }).focus()
    await page.keyboard.press('Enter')
  }
  const bottomOf = async (name: string) => {
    const { y = 0, height = 0 } = (await page.locator(name).last().boundingBox()) ?? {}
    return y + height
  }
  const toast = page.locator('#toast')
  // Where it stands, also when a slow machine comes too late to see it.
  const topOfToast = () =>
    toast.evaluate((element: HTMLElement) => {
      element.hidden = false
      return element.getBoundingClientRect().top
    })
  for (let sent = 1; sent <= 8; sent++) {
    await share('发送给朋友')
    await expect(page.getByRole('heading', { name: '阿木' })).toBeFocused()
    await expect(page.locator('#chat .card')).toHaveCount(sent)
    await expect(toast).toHaveText('已发送')
    await expect(page.getByRole('button', { name: '把手机交给阿木' })).toBeInViewport()
    expect(await bottomOf('#chat .hand-over')).toBeLessThanOrEqual(await topOfToast())
    await page.getByRole('button', { name: '返回' }).click()
  }
  await share('分享到朋友圈')
  await expect(page.getByRole('heading', { name: '朋友圈' })).toBeFocused()
  await expect(toast).toHaveText('已发表')
  expect(await bottomOf('#moments .post')).toBeLessThanOrEqual(await topOfToast())
  // The picture of the card cannot be had.
  await expect(page.locator('#moments .post .thumbnail')).toHaveJSProperty('tagName', 'SPAN')
  for (const [theme, paper] of [
    ['dark', 'rgb(25, 25, 25)'],
    ['light', 'rgb(255, 255, 255)'],
  ] as const) {
    await page.evaluate((wanted) => (document.body.dataset['theme'] = wanted), theme)
    await expect(page.locator('#moments')).toHaveCSS('background-color', paper)
  }

  await page.getByRole('button', { name: '返回' }).click()
  await page.getByRole('button', { name: '更多' }).click()
  await page.getByRole('button', { name: '模拟器面板' }).click()
  await page.getByRole('tab', { name: '规则与故障' }).click()
  await page.getByRole('button', { name: 'access_token' }).click()
  await expect(toast).toHaveText(/已生效/)
  expect(
    await toast.evaluate((element: HTMLElement) => {
      element.hidden = false
      const { x, y, width, height } = element.getBoundingClientRect()
      return document.elementFromPoint(x + width / 2, y + height / 2) === element
    }),
  ).toBe(true)
})

test('looks: in Chinese everything is, and who has no picture has a letter', async ({
  open,
  platform,
  site,
}) => {
  Object.assign(platform.identities.person('amu'), { avatar: 'http://localhost:9/gone.png' })
  const { page } = await open({ locale: 'zh-CN' })
  const english = async (selector: string) =>
    (await page.locator(selector).allTextContents()).filter((text) =>
      /\b[a-z]+ [a-z]+\b|^[a-z]+$/i.test(text.replace('API IP', '')),
    )
  await page.getByRole('tab', { name: '规则与故障' }).click()
  expect(await english('#panel-body :is(option, small, h3, label > span, button)')).toEqual([])
  await page.getByRole('tab', { name: '手机' }).click()
  expect((await english('#panel option')).filter((text) => text !== 'WIFI')).toEqual([])
  await page.getByRole('tab', { name: '公众号' }).click()
  await page.getByRole('textbox', { name: '服务器地址' }).fill('http://192.0.2.1/')
  await page.getByRole('button', { name: '保存' }).last().click()
  await expect(page.locator('.outcome').last()).toContainText('模拟器只请求被测网站和本机的服务')

  await page.getByRole('button', { name: '返回' }).click()
  await expect(page.getByRole('img', { name: '阿木' })).toHaveText('阿')
  site.answer = () => 'this is no reply'
  await page.getByRole('button', { name: /My Official Account/ }).click()
  await page.getByRole('textbox', { name: '发消息' }).fill('你好')
  await page.keyboard.press('Enter')
  await page.getByRole('tab', { name: '记录' }).click()
  await expect(page.locator('.entry', { hasText: '→ 文本' })).toContainText('失败')
})

test('at 390 pixels, in Chinese: nothing sticks out, and the panel opens over the phone', async ({
  open,
}) => {
  const { page, web } = await open({ width: 390, locale: 'zh-CN' })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await inPage(web, `configure(location.origin + '/wrong', { jsApiList: [] })`)
  await page.getByRole('button', { name: 'wx.config 失败，查看原因' }).click()
  await expect(page.locator('.refusal .advice').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('#panel')).toBeHidden()
  await page.getByRole('button', { name: '返回' }).click()
  await page.getByRole('button', { name: '发现' }).click()
  await page.getByRole('button', { name: '扫一扫' }).click()
  await page.getByRole('textbox', { name: '二维码里的内容' }).press('Enter')
  await expect(web.getByRole('heading')).toBeVisible()
})
