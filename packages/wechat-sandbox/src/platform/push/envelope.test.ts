import { describe, expect, it } from 'vitest'
import { seal, signPush, unseal } from './envelope.ts'

// The examples of WeChat's own documents (消息加解密说明, 消息推送) and of the test of its Java sample.
const KEY = 'A'.repeat(43)
const APP_ID = 'wxba5fad812f8e6fb9'
const ENCRYPTED =
  '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsX' +
  'UnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajA' +
  'sjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04='

describe('signPush', () => {
  it.each([
    [['AAAAA', '1714036504', '1514711492'], 'f464b24fc39322e44b38aa78f5edd27bd1441696'],
    [['AAAAA', '1714037059', '486452656'], '899cf89e464efb63f54ddac96b0a0a235f53aa78'],
    [['AAAAA', '1714112445', '415670741', ENCRYPTED], '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3'],
  ])('of %j', (parts, signature) => expect(signPush(...parts)).toBe(signature))
})

describe('the envelope', () => {
  it("opens WeChat's example [push-envelope]", () => {
    expect(unseal(ENCRYPTED, KEY)).toEqual({
      appId: APP_ID,
      message:
        '{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","CreateTime":1714112445,' +
        '"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}',
    })
  })

  it.each([
    [
      { encodingAesKey: KEY, appId: APP_ID, random: '707722b803182950' },
      '{"demo_resp":"good luck"}',
      'ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==',
    ],
    [
      {
        encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
        appId: 'wxb11529c136998cb6',
        random: 'aaaabbbbccccdddd',
      },
      '我是中文abcd123',
      'jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==',
    ],
  ])('seals as WeChat does: %j', (options, message, encrypted) => {
    expect(seal(message, options)).toBe(encrypted)
  })

  it('opens what it sealed, at every length of padding', () => {
    for (let length = 0; length < 40; length++) {
      const message = '微'.repeat(length)
      const encrypted = seal(message, { encodingAesKey: KEY, appId: APP_ID })
      expect(unseal(encrypted, KEY)).toEqual({ message, appId: APP_ID })
    }
  })

  it.each([
    ['nothing', '', /base64/],
    ['a cut one', ENCRYPTED.slice(0, 60), /base64|padding/],
    ['another key', seal('x', { encodingAesKey: 'B'.repeat(43), appId: APP_ID }), /padding|counts/],
    ['a bad padding', seal('x', { encodingAesKey: KEY, appId: APP_ID, badPadding: true }), /padding/],
  ])('refuses %s', (_name, encrypted, reason) => expect(() => unseal(encrypted, KEY)).toThrow(reason))
})
