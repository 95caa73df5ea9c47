import { expect, it } from 'vitest'
import { startTestServer } from '../testing/testServer.ts'

// Older clients carry their calls in frames with addresses of the app.
it('frames of the app itself are allowed: weixin: and weixinping:', async () => {
  const server = await startTestServer()
  const policy = (await fetch(`${server.url}/`)).headers.get('content-security-policy') ?? ''
  expect(policy).toContain("frame-src 'self' weixin: weixinping:;")
  await server.close()
})
