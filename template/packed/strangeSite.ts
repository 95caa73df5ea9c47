// A site of somebody else, in Express 4, with the SDK that most people take.
export const EXPRESS_SITE = `
import express from 'express'
import { createRequire } from 'node:module'
const { Wechat } = createRequire(import.meta.url)('wechat-jssdk')

const { PORT, SITE_URL, WECHAT_API_URL, WECHAT_OPEN_URL, WECHAT_JSSDK_URLS, WECHAT_APP_ID, WECHAT_APP_SECRET } = process.env
const wechat = new Wechat({
  appId: WECHAT_APP_ID,
  appSecret: WECHAT_APP_SECRET,
  wechatRedirectUrl: SITE_URL + '/callback',
  wechatToken: 'token',
  ticketUrl: WECHAT_API_URL + '/cgi-bin/ticket/getticket',
  accessTokenUrl: WECHAT_API_URL + '/cgi-bin/token',
  oAuthUrl: WECHAT_OPEN_URL + '/connect/oauth2/authorize',
  apiUrl: WECHAT_API_URL,
})
const app = express()
const openids = new Map()
app.get('/', (req, res) => {
  const openid = openids.get(req.get('cookie'))
  res.send(\`<!doctype html><title>tea</title>\${openid ? '已登录：' + openid : '<a href="/login">登录</a>'}
<script src="\${WECHAT_JSSDK_URLS}"></script><script>
fetch('/signature?url=' + encodeURIComponent(location.href.split('#')[0])).then((answer) => answer.json()).then((signed) => {
  wx.config({ appId: signed.appId, timestamp: signed.timestamp, nonceStr: signed.nonceStr, signature: signed.signature, jsApiList: ['updateAppMessageShareData'] })
  wx.ready(() => wx.updateAppMessageShareData({ title: '秋天的茶', desc: 'd', link: '\${SITE_URL}/', imgUrl: '\${SITE_URL}/share.png' }))
})</script>\`)
})
app.get('/signature', async (req, res) => {
  res.json({ appId: WECHAT_APP_ID, ...(await wechat.jssdk.getSignature(req.query.url)) })
})
app.get('/login', (req, res) => res.redirect(wechat.oauth.snsUserBaseUrl))
app.get('/callback', async (req, res) => {
  const { openid } = await wechat.oauth.getUserBaseInfo(req.query.code)
  const cookie = 'session=' + Math.random().toString(36).slice(2)
  openids.set(cookie, openid)
  res.set('set-cookie', cookie + '; HttpOnly').redirect('/')
})
app.listen(PORT, '127.0.0.1')
`
