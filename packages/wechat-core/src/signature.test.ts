import { describe, expect, it } from 'vitest'
import { cutHash, serverSignature, signJsapi, verifyServerSignature } from './signature.ts'

// The platform's own vector (JS-SDK document, appendix 1).
const official = {
  ticket: 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg',
  nonceStr: 'Wm3WZYTPz0wzccnW',
  timestamp: 1414587457,
}

describe('signJsapi', () => {
  it('meets the official vector', () => {
    const signed = signJsapi({ ...official, url: 'http://mp.weixin.qq.com?params=value' })
    expect(signed.signature).toBe('0f9de62fce790f9a083d5c99e95740ceb90c27ed')
  })

  it.each([
    [
      'mock-ticket',
      'mock-nonce',
      1601234567,
      'https://www.easywechat.com/',
      '22772d2fb393ab9f7f6a5a54168a566fbf1ab767',
    ],
    [
      'kgt8ON7yVITDhtdwci0qeS9V0piZrVpzp2WAiIVVZ9tn15-IbBwGja1V3YjrAuCo0ik-PeO7UPJjWN1fVC2Q2Q',
      'oc3w34onfz74bm6',
      1496644307,
      'http://qy.wql2015.cn:8889/kqqd/qd',
      '349b0e534ca1cdd9e34c393e47aaeb7a4875a372',
    ],
  ])('meets the vector of %s', (ticket, nonceStr, timestamp, url, signature) => {
    expect(signJsapi({ ticket, nonceStr, timestamp, url }).signature).toBe(signature)
  })

  it('cuts the hash and changes nothing else', () => {
    const url = 'http://mp.weixin.qq.com?params=value'
    expect(signJsapi({ ...official, url: `${url}#/a?b#c` })).toEqual(signJsapi({ ...official, url }))
    const odd = 'https://h5.example.com/p?id=null&q=%E4%BD%A0%20+%2F&empty='
    expect(signJsapi({ ...official, url: odd }).url).toBe(odd)
  })

  it('uses a new nonce each time and whole seconds', () => {
    const one = signJsapi({ ticket: 't', url: 'https://h5.example.com/' })
    const two = signJsapi({ ticket: 't', url: 'https://h5.example.com/' })
    expect(one.nonceStr).toMatch(/^[0-9a-f]{16}$/)
    expect(one.nonceStr).not.toBe(two.nonceStr)
    expect(Number.isInteger(one.timestamp)).toBe(true)
  })

  it('never signs without a ticket', () => {
    expect(() => signJsapi({ ticket: '', url: 'https://h5.example.com/' })).toThrow(/jsapi_ticket/)
  })
})

describe('cutHash', () => {
  it('keeps a URL that has no hash', () => expect(cutHash('https://a.b/?c=null')).toBe('https://a.b/?c=null'))
})

describe('server signature', () => {
  const push = { token: 'AAAAA', timestamp: '1714036504', nonce: '1514711492' }
  const signature = 'f464b24fc39322e44b38aa78f5edd27bd1441696'
  const now = 1714036504_000

  it('meets the official vectors', () => {
    expect(serverSignature(push.token, push.timestamp, push.nonce)).toBe(signature)
    expect(serverSignature('AAAAA', '1714037059', '486452656')).toBe(
      '899cf89e464efb63f54ddac96b0a0a235f53aa78',
    )
    expect(serverSignature('RMNlACHlV5ThzfRlVS4D4', 'timestamp', 'nonce', 'encrypt')).toBe(
      '8edac0945683c119ee71c9f6256d76c48aa08a96',
    )
  })

  it('accepts a fresh, well signed request', () => {
    expect(verifyServerSignature({ ...push, signature, now })).toBe(true)
  })

  it.each([
    ['a wrong signature', { signature: signature.replace('f', 'e') }],
    ['a short signature', { signature: 'f464' }],
    ['an empty signature', { signature: '' }],
    ['a foreign token', { token: 'BBBBB' }],
    ['no token', { token: '', signature: serverSignature('', push.timestamp, push.nonce) }],
    ['a timestamp of 11 minutes ago', { now: now + 11 * 60_000 }],
    ['a timestamp from the future', { now: now - 11 * 60_000 }],
    [
      'a timestamp that is no number',
      { timestamp: 'now', signature: serverSignature('AAAAA', 'now', push.nonce) },
    ],
  ])('refuses %s', (_name, change) => {
    expect(verifyServerSignature({ ...push, signature, now, ...change })).toBe(false)
  })
})
