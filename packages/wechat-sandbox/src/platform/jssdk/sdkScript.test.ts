import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPlatform, type RunningPlatform } from '../startPlatform.ts'
import { SDK_VERSIONS, sdkScript } from './sdkScript.ts'

let platform: RunningPlatform
beforeAll(async () => {
  platform = await startPlatform({ siteOrigin: 'https://h5.example.com' })
})
afterAll(() => platform.close())

/** What a page has after the script ran in it, as far as Tencent's script looks at a page at its start. */
function loaded(script: string): Record<string, unknown> {
  const page = {
    navigator: { userAgent: 'MicroMessenger/8.0.49', platform: 'MacIntel' },
    document: { title: '', addEventListener: () => undefined },
    location: { href: 'https://h5.example.com/', protocol: 'https:' },
    addEventListener: () => undefined,
    performance: { timing: {} },
  }
  const window: Record<string, unknown> = Object.assign(page, { window: page, self: page })
  runInNewContext(script, window)
  return window
}

describe.each(SDK_VERSIONS)('jweixin %s', (version) => {
  it.each(['js', 'min.js'])('answers at its published address (.%s) [jssdk-versions]', async (end) => {
    const answer = await fetch(`${platform.url}/open/js/jweixin-${version}.${end}`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/javascript; charset=utf-8',
    ])
    expect(await answer.text()).toBe(sdkScript(version))
  })

  it('gives the page its wx', () => {
    const { wx, jWeixin } = loaded(sdkScript(version))
    expect(wx).toBe(jWeixin)
    expect(wx).toMatchObject({ config: expect.any(Function), onMenuShareTimeline: expect.any(Function) })
  })
})

it('an older version has what it had, and not what came later', () => {
  expect(loaded(sdkScript('1.0.0'))['wx']).not.toHaveProperty('updateAppMessageShareData')
  expect(loaded(sdkScript('1.4.0'))['wx']).toHaveProperty('updateAppMessageShareData')
})

it('a version that was never published is not there', async () => {
  expect((await fetch(`${platform.url}/open/js/jweixin-1.7.0.js`)).status).toBe(404)
})
