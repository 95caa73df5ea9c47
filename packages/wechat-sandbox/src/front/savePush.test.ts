import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPlatform } from '../platform/platform.ts'
import { askPort } from './sandboxRequests.testing.ts'
import { listen, startSiteFront, type SiteFront } from './siteFront.testing.ts'

const KEY = 'k3y_of-this-start'
const TUNNEL = 'abc.tunnel.example.com'

let front: SiteFront
beforeAll(async () => {
  const platform = createPlatform({ siteOrigin: `https://${TUNNEL}` })
  front = await startSiteFront((_req, res) => void res.end('the site'), {
    platform,
    key: KEY,
    isPublic: false,
  })
})
afterAll(() => front.close())

describe('the address of the server configuration', () => {
  const save = async (url: string, headers: Record<string, string> = { host: 'localhost' }) => {
    const answer = await askPort(front.port, '/__wechat/phone/server', {
      method: 'POST',
      headers,
      body: JSON.stringify({ url }),
    })
    return { status: answer.status, error: (JSON.parse(answer.body) as { error?: string }).error ?? '' }
  }
  const withKey = { host: TUNNEL, cookie: `wechat_key=${KEY}` }

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://192.168.0.1/',
    'http://10.0.0.1:22/',
    'http://example.com/',
    'http://localhost.example.com/',
    'http://localhost@example.com/',
    'http://0.0.0.0:1/',
    `https://other.${TUNNEL}/`,
    `http://${TUNNEL}/`,
  ])('%s is never asked, and each such answer is the same', async (url) => {
    const answer = await save(url)
    expect(answer).toEqual(await save('http://192.0.2.1/'))
    expect(answer).toMatchObject({ status: 400, error: expect.stringContaining(`or on https://${TUNNEL}`) })
  })

  it("tells nothing of this machine's ports, open or closed", async () => {
    const other = createServer((_req, res) => void res.writeHead(404).end())
    const open = await listen(other)
    const closed = await save('http://127.0.0.1:1/')
    expect(closed).toMatchObject({
      status: 400,
      error: expect.stringContaining('proved that it knows the token'),
    })
    expect(await save(`http://127.0.0.1:${open}/`)).toEqual(closed)
    other.close()
    let asked = 0
    const spied = createServer((_req, res) => void (asked++, res.end()))
    const spiedPort = await listen(spied)
    expect((await save(`http://127.0.0.1:${spiedPort}/`, withKey)).error).toContain(
      'only the site under test',
    )
    expect(asked).toBe(0)
    spied.close()
  })

  it('tells everything of the site under test, here and through a tunnel', async () => {
    for (const headers of [{ host: 'localhost' }, withKey])
      expect(await save(`http://127.0.0.1:${new URL(front.siteUrl).port}/push`, headers)).toMatchObject({
        status: 400,
        error: 'token验证失败: the body is not the echostr and nothing else',
      })
  })

  it('is saved for any server on this machine that knows the token', async () => {
    const proving = createServer((req, res) => {
      res.end(new URL(req.url ?? '', 'http://x').searchParams.get('echostr'))
    })
    const url = `http://localhost:${await listen(proving, 'localhost')}/push`
    expect(await save(url)).toEqual({ status: 200, error: '' })
    expect(front.platform.account.push.url).toBe(url)
    proving.closeAllConnections()
    proving.close()
  })
})
