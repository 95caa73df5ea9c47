import type { Env } from '@app/server/env'
import type { Finding } from './finding.ts'
import type { Say } from './language.ts'

/** What only the console or a phone shows, each with the values to compare. */
export function unseen(env: Env, say: Say): Finding[] {
  const { publicUrl, wechat } = env
  const { host } = new URL(publicUrl)
  const compare = (id: string, what: string, detail: string, values: string[], hint?: string): Finding => ({
    id,
    what,
    state: 'compare',
    detail,
    values,
    hint,
  })
  const findings = [
    compare(
      'js_safe_domain',
      say('JS interface security domain (JS接口安全域名)', 'JS接口安全域名'),
      say(
        'WeChat Developer Platform > your account > Domains and message push (域名与消息推送配置), exactly',
        '微信开发者平台 > 我的业务 > 公众号或服务号 > 域名与消息推送配置，应填',
      ),
      wechat.jsDomains,
      say(
        'Without it: "invalid url domain". No scheme; a port or an IP address only on the page of a test account.',
        '没有它会报 invalid url domain。不带 http://；只有测试号的页面能填端口或 IP。',
      ),
    ),
    compare(
      'oauth_domain',
      say('OAuth domain (网页授权域名)', '网页授权域名'),
      say(
        'mp.weixin.qq.com > 设置与开发 > 账号设置 > 功能设置, exactly',
        'mp.weixin.qq.com > 设置与开发 > 账号设置 > 功能设置，应填',
      ),
      [host],
      say(
        'Without it logins end with 10003. The exact host: a parent domain does not cover it. Test account: 网页授权获取用户基本信息 > 修改.',
        '没有它，登录会报 10003。必须是完整的域名，上级域名不算。测试号：「网页授权获取用户基本信息」>「修改」。',
      ),
    ),
  ]
  if (wechat.token) findings.push(serverConfiguration(env, compare, say))
  return [
    ...findings,
    compare(
      'whitelist',
      say('API IP whitelist', 'API IP 白名单'),
      say(
        'every machine that runs the server has to be on it; this check ran from this one only',
        '每台运行服务器的机器都要在白名单里；这里只检查了本机',
      ),
      [],
    ),
    compare(
      'verified',
      say('Verified (微信认证)', '微信认证'),
      say(
        'only a verified account may set the card of a share, only a verified service account may log people in. A test account may both, for those who follow it.',
        '只有已认证的账号能自定义分享卡片，只有已认证的服务号能网页授权登录。测试号两者都行，但用户要先关注它。',
      ),
      [],
      say('When the verification lapses, cards fall back to a bare link.', '认证过期后，分享会变成裸链接。'),
    ),
    compare(
      'bare_link',
      say('Forwarding', '转发'),
      say(
        'a link that is tapped in a chat is forwarded bare, whatever the page does. Try a card from a QR code, the menu, the favourites or another card of',
        '从聊天里点开的链接，转发出去仍是裸链接，页面无法改变。请从二维码、菜单、收藏或已有的卡片打开后再转发，地址是',
      ),
      [`${publicUrl}/`],
    ),
  ]
}

function serverConfiguration(
  { publicUrl, wechat }: Env,
  compare: (id: string, what: string, detail: string, values: string[], hint?: string) => Finding,
  say: Say,
): Finding {
  const modes = {
    plain: say('plain mode (明文模式)', '明文模式'),
    safe: say('safe mode (安全模式)', '安全模式'),
    compatible: say('compatible mode (兼容模式)', '兼容模式'),
  }
  return compare(
    'server_configuration',
    say('Message push (消息推送)', '消息推送'),
    say(
      'WeChat Developer Platform > your account > Domains and message push (域名与消息推送配置), exactly',
      '微信开发者平台 > 我的业务 > 公众号或服务号 > 域名与消息推送配置，应填',
    ),
    [
      `URL: ${publicUrl}/api/wechat`,
      `Token: ${say('that of WECHAT_TOKEN', '即 WECHAT_TOKEN')}`,
      ...(wechat.encodingAesKey
        ? [`EncodingAESKey: ${say('that of WECHAT_ENCODING_AES_KEY', '即 WECHAT_ENCODING_AES_KEY')}`]
        : []),
      modes[wechat.encodingAesKey ? wechat.pushMode : 'plain'],
    ],
  )
}
