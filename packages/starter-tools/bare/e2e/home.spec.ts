import site from '../content/site.json' with { type: 'json' }
import { expect, SITE, test } from './world.ts'

test('the start page is read without the app, and shared with the card of the site', async ({ open }) => {
  const wechat = await open('ios')
  const answer = await wechat.page.goto(`${SITE}/`)
  expect(await answer?.text()).toContain(`<h1>${site.name}</h1>`)
  await expect(wechat.page.getByRole('heading', { level: 1 })).toHaveText(site.name)
  await expect(wechat.page.getByRole('status')).toHaveAttribute('data-status', 'ready')
  expect(await wechat.share('appmessage')).toMatchObject({ title: site.name, link: `${SITE}/` })
})
