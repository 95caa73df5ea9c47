// node-easywechat has few calls of its own: credentials, the config of the JS-SDK, logins, and a client for any path.
import easywechat from 'node-easywechat'
import { runCalls } from './runCalls.mjs'

const { appId, appSecret, openid, friend, templateId, yesterday, codes } = JSON.parse(process.env.SDK_INPUT)
const settings = { app_id: appId, secret: appSecret, oauth: { redirect_url: 'https://h5.example.com/cb' } }
const app = new easywechat.OfficialAccount(settings)
const stable = new easywechat.OfficialAccount({ ...settings, use_stable_access_token: true })
const client = app.getClient()
const get = (path, params = {}) => client.get(path, { params }).then((response) => response.toObject())
const post = (path, json) => client.postJson(path, json).then((response) => response.toObject())
const period = { begin_date: yesterday, end_date: yesterday }

await runCalls({
  'getAccessToken().getToken()': () => app.getAccessToken().getToken(),
  'getAccessToken().refresh()': () => app.getAccessToken().refresh(),
  'getAccessToken() with use_stable_access_token': () => stable.getAccessToken().refresh(),
  'getTicket().getTicket()': () => app.getTicket().getTicket(),
  'getUtils().buildJsSdkConfig()': () =>
    app.getUtils().buildJsSdkConfig('https://h5.example.com/', ['scanQRCode']),
  'getOAuth().userFromCode(), snsapi_base': () =>
    app.getOAuth().scopes(['snsapi_base']).userFromCode(codes.base),
  'getOAuth().userFromCode(), snsapi_userinfo': () =>
    app.getOAuth().scopes(['snsapi_userinfo']).userFromCode(codes.profile),
  'getOAuth().userFromCode(), snsapi_login': () =>
    app.getOAuth().scopes(['snsapi_login']).userFromCode(codes.website),
  'client.get user/info': () => get('/cgi-bin/user/info', { openid }),
  'client.get user/get': () => get('/cgi-bin/user/get'),
  'client.postJson user/info/batchget': () =>
    post('/cgi-bin/user/info/batchget', { user_list: [{ openid }, { openid: friend }] }),
  'client.postJson tags/create': () => post('/cgi-bin/tags/create', { tag: { name: 'tea' } }),
  'client.postJson qrcode/create': () =>
    post('/cgi-bin/qrcode/create', {
      action_name: 'QR_STR_SCENE',
      expire_seconds: 600,
      action_info: { scene: { scene_str: 'door' } },
    }),
  'client.postJson menu/create': () =>
    post('/cgi-bin/menu/create', {
      button: [{ type: 'view', name: 'Home', url: 'https://h5.example.com/' }],
    }),
  'client.postJson menu/addconditional': () =>
    post('/cgi-bin/menu/addconditional', {
      button: [{ type: 'click', name: 'A', key: 'A' }],
      matchrule: { client_platform_type: '1' },
    }),
  'client.get get_current_selfmenu_info': () => get('/cgi-bin/get_current_selfmenu_info'),
  'client.get template/get_all_private_template': () => get('/cgi-bin/template/get_all_private_template'),
  'client.postJson message/template/send': () =>
    post('/cgi-bin/message/template/send', {
      touser: openid,
      template_id: templateId,
      data: { character_string1: { value: 'A1' }, amount2: { value: '5' }, time3: { value: '2026-01-08' } },
    }),
  'client.postJson message/custom/send': () =>
    post('/cgi-bin/message/custom/send', { touser: openid, msgtype: 'text', text: { content: 'Hello' } }),
  'client.postJson draft/count': () => get('/cgi-bin/draft/count'),
  'client.postJson material/batchget_material': () =>
    post('/cgi-bin/material/batchget_material', { type: 'image', offset: 0, count: 20 }),
  'client.postJson shorten/gen': () =>
    post('/cgi-bin/shorten/gen', { long_data: 'tea', expire_seconds: 600 }),
  'client.get wxaapi/newtmpl/gettemplate': () => get('/wxaapi/newtmpl/gettemplate'),
  'client.postJson datacube/getusersummary': () => post('/datacube/getusersummary', period),
  'client.get getcallbackip': () => get('/cgi-bin/getcallbackip'),
  'client.postJson clear_quota': () => post('/cgi-bin/clear_quota', { appid: appId }),
})
