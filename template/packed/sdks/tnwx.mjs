// Every call of tnwx that an Official Account has; its hosts are built in.
import tnwx from 'tnwx'
import { runCalls } from './runCalls.mjs'

const { appId, appSecret, openid, friend, templateId, yesterday, codes, draft } = JSON.parse(
  process.env.SDK_INPUT,
)
tnwx.ApiConfigKit.putApiConfig(new tnwx.ApiConfig(appId, appSecret, 'token'))
tnwx.ApiConfigKit.setCurrentAppId(appId)
const { MediaType, MediaArticles, UserApi, TagApi, MenuApi, MediaApi, MessageApi, CustomServiceApi } = tnwx
const { QrcodeApi, TemplateApi, SnsAccessTokenApi, CallbackApi, DatacubeApi } = tnwx
const view = { type: 'view', name: 'Home', url: 'https://h5.example.com/' }
const kept = {}
// Some answers are parsed, some are text.
const read = (answer) => (typeof answer === 'string' && answer.startsWith('{') ? JSON.parse(answer) : answer)
const keep = (name, field) => (answer) => ((kept[name] = read(answer)[field]), read(answer))
const article = () => new MediaArticles('Tea', kept.materialThumb, false, '<p>Tea</p>', '')

const calls = {
  'AccessTokenApi.getAccessToken': async () => {
    const token = await tnwx.AccessTokenApi.getAccessToken()
    return { errcode: token.getAccessToken ? 0 : token.getErrCode, errmsg: token.getErrMsg }
  },
  'JsTicketApi.getTicket': () => tnwx.JsTicketApi.getTicket(tnwx.JsApiType.JSAPI),
  'WeChat.jssdkSignature': () => tnwx.WeChat.jssdkSignature('nonce', '1760000000', 'https://h5.example.com/'),
  'SnsAccessTokenApi.getSnsAccessToken': async () => {
    const answer = read(await SnsAccessTokenApi.getSnsAccessToken(codes.profile))
    Object.assign(kept, { access: answer.access_token, refresh: answer.refresh_token })
    return answer
  },
  'SnsAccessTokenApi.refreshAccessToken': () => SnsAccessTokenApi.refreshAccessToken(kept.refresh),
  'SnsAccessTokenApi.checkAccessToken': () => SnsAccessTokenApi.checkAccessToken(kept.access, openid),
  'SnsAccessTokenApi.getUserInfo': () => SnsAccessTokenApi.getUserInfo(kept.access, openid, tnwx.Lang.ZH_CN),
  'CallbackApi.getCallbackIp': () => CallbackApi.getCallbackIp(),
  'CallbackApi.check': () => CallbackApi.check(),

  'UserApi.getFollowers': () => UserApi.getFollowers(),
  'UserApi.getUserInfo': () => UserApi.getUserInfo(openid),
  'UserApi.batchGetUserInfo': () =>
    UserApi.batchGetUserInfo([
      { openid, lang: 'zh_CN' },
      { openid: friend, lang: 'zh_CN' },
    ]),
  'UserApi.updateRemark': () => UserApi.updateRemark(openid, 'tea'),
  'UserApi.batchBlackList': () => UserApi.batchBlackList([friend]),
  'UserApi.getBlackList': () => UserApi.getBlackList(),
  'UserApi.batchUnBlackList': () => UserApi.batchUnBlackList([friend]),
  'TagApi.create': async () => {
    const answer = read(await TagApi.create('tea'))
    kept.tag = answer.tag.id
    return answer
  },
  'TagApi.get': () => TagApi.get(),
  'TagApi.update': () => TagApi.update(kept.tag, 'green tea'),
  'TagApi.batchAddTag': () => TagApi.batchAddTag(kept.tag, [openid]),
  'TagApi.getUser': () => TagApi.getUser(kept.tag),
  'TagApi.getUserTag': () => TagApi.getUserTag(openid),
  'TagApi.batchDelTag': () => TagApi.batchDelTag(kept.tag, [openid]),

  'MenuApi.create': () => MenuApi.create(JSON.stringify({ button: [view] })),
  'MenuApi.get': () => MenuApi.get(),
  'MenuApi.getCurrentSelfMenu': () => MenuApi.getCurrentSelfMenu(),
  'MenuApi.addConditional': () =>
    MenuApi.addConditional(JSON.stringify({ button: [view], matchrule: { tag_id: kept.tag } })).then(
      keep('menu', 'menuid'),
    ),
  'MenuApi.tryMatch': () => MenuApi.tryMatch(openid),
  'MenuApi.deleteConditional': () => MenuApi.deleteConditional(kept.menu),
  'MenuApi.delete': () => MenuApi.delete(),
  'TagApi.delete': () => TagApi.delete(kept.tag),
  'AutoReplyInfoApi.get': () => tnwx.AutoReplyInfoApi.get(),

  'QrcodeApi.createTemporary': () => QrcodeApi.createTemporary(600, 100),
  'QrcodeApi.createTemporaryByStr': () => QrcodeApi.createTemporaryByStr(600, 'door'),
  'QrcodeApi.createPermanent': () => QrcodeApi.createPermanent(100),
  'QrcodeApi.createPermanentByStr': () =>
    QrcodeApi.createPermanentByStr('door').then(keep('ticket', 'ticket')),
  'QrcodeApi.getShowQrcodeUrl': () =>
    tnwx.HttpKit.getHttpDelegate.httpGet(QrcodeApi.getShowQrcodeUrl(kept.ticket)),
  'ShortUrlApi.longToShort': () => tnwx.ShortUrlApi.longToShort('https://h5.example.com/a/long/address'),

  'TemplateApi.setIndustry': () => TemplateApi.setIndustry('1', '4'),
  'TemplateApi.getIndustry': () => TemplateApi.getIndustry(),
  'TemplateApi.getTemplateId': () =>
    TemplateApi.getTemplateId('TM00015').then(keep('template', 'template_id')),
  'TemplateApi.getAllTemplate': () => TemplateApi.getAllTemplate(),
  'TemplateApi.send': () =>
    TemplateApi.send(
      JSON.stringify({
        touser: openid,
        template_id: templateId,
        data: { character_string1: { value: 'A1' }, amount2: { value: '5' }, time3: { value: '2026-01-08' } },
      }),
    ),
  'TemplateApi.delTemplate': () => TemplateApi.delTemplate(kept.template),

  'MediaApi.uploadMedia': () =>
    MediaApi.uploadMedia('picture.png', MediaType.IMAGE).then(keep('image', 'media_id')),
  'MediaApi.uploadMedia, voice': () =>
    MediaApi.uploadMedia('voice.amr', MediaType.VOICE).then(keep('voice', 'media_id')),
  'MediaApi.uploadMedia, video': () =>
    MediaApi.uploadMedia('video.mp4', MediaType.VIDEO).then(keep('video', 'media_id')),
  'MediaApi.uploadMedia, thumb': () =>
    MediaApi.uploadMedia('picture.png', MediaType.THUMB).then(keep('thumb', 'thumb_media_id')),
  'MediaApi.getMedia': () => MediaApi.getMedia(kept.image),
  'MediaApi.getJssdkMedia': () => MediaApi.getJssdkMedia(kept.voice),
  'MediaApi.uploadImg': () => MediaApi.uploadImg('picture.png'),
  'MediaApi.addMaterial': () =>
    MediaApi.addMaterial('picture.png', MediaType.THUMB).then(keep('materialThumb', 'media_id')),
  'MediaApi.addVideoMaterial': () => MediaApi.addVideoMaterial('video.mp4', 'Tea', 'How to'),
  'MediaApi.uploadNews': () => MediaApi.uploadNews([article()]),
  'MediaApi.updateNews': () => MediaApi.updateNews(draft, 0, article()),
  'MediaApi.getMaterial': () => MediaApi.getMaterial(kept.materialThumb),
  'MediaApi.getMaterialCount': () => MediaApi.getMaterialCount(),
  'MediaApi.batchGetMaterial': () => MediaApi.batchGetMaterial(MediaType.IMAGE, 0, 20),

  'CustomServiceApi.sendText': () => CustomServiceApi.sendText(openid, 'Hello'),
  'CustomServiceApi.sendImage': () => CustomServiceApi.sendImage(openid, kept.image),
  'CustomServiceApi.sendVoice': () => CustomServiceApi.sendVoice(openid, kept.voice),
  'CustomServiceApi.sendVideo': () => CustomServiceApi.sendVideo(openid, kept.video, 'Tea', ''),
  'CustomServiceApi.sendMusic': () =>
    CustomServiceApi.sendMusic(
      openid,
      'Tea',
      '',
      'https://h5.example.com/a.mp3',
      'https://h5.example.com/a.mp3',
      kept.thumb,
    ),
  'CustomServiceApi.sendNews': () =>
    CustomServiceApi.sendNews(openid, [new tnwx.Article('Tea', '', 'https://h5.example.com/', '')]),
  'CustomServiceApi.sendCoupon': () => CustomServiceApi.sendCoupon(openid, 'p1'),
  'CustomServiceApi.sendMpNews': () => CustomServiceApi.sendMpNews(openid, draft),
  'CustomServiceApi.sendMenu': () =>
    CustomServiceApi.sendMenu(
      openid,
      'Tea?',
      [new tnwx.MenuMsg('1', 'Yes'), new tnwx.MenuMsg('2', 'No')],
      'Thanks',
    ),
  'CustomServiceApi.sendMiniProgramPage': () =>
    CustomServiceApi.sendMiniProgramPage(openid, 'Tea', 'wx0123456789abcdef', 'pages/index', kept.thumb),
  'CustomServiceApi.sendTyping': () => CustomServiceApi.sendTyping(openid, 'Typing'),
  'CustomServiceApi.addKfAccount': () => CustomServiceApi.addKfAccount('tea@sandbox', 'Lin', 'x'),
  'CustomServiceApi.updateKfAccount': () => CustomServiceApi.updateKfAccount('tea@sandbox', 'Mei', 'x'),
  'CustomServiceApi.inviteWorker': () => CustomServiceApi.inviteWorker('tea@sandbox', 'lin'),
  'CustomServiceApi.uploadKfAccountHeadImg': () =>
    CustomServiceApi.uploadKfAccountHeadImg('tea@sandbox', 'picture.png'),
  'CustomServiceApi.getKfList': () => CustomServiceApi.getKfList(),
  'CustomServiceApi.getOnlineKfList': () => CustomServiceApi.getOnlineKfList(),
  'CustomServiceApi.delKfAccount': () => CustomServiceApi.delKfAccount('tea@sandbox'),

  'MessageApi.sendAll': () =>
    MessageApi.sendAll(
      JSON.stringify({ filter: { is_to_all: true }, text: { content: 'Hello' }, msgtype: 'text' }),
    ),
  'MessageApi.send': () =>
    MessageApi.send(
      JSON.stringify({
        touser: [openid, friend],
        mpnews: { media_id: draft },
        msgtype: 'mpnews',
        send_ignore_reprint: 0,
      }),
    ).then(keep('mass', 'msg_id')),
  'MessageApi.preview': () =>
    MessageApi.preview(JSON.stringify({ touser: openid, text: { content: 'Hello' }, msgtype: 'text' })),
  'MessageApi.get': () => MessageApi.get(String(kept.mass)),
  'MessageApi.getSpeed': () => MessageApi.getSpeed(),
  'MessageApi.setSpeed': () => MessageApi.setSpeed(1),
  'MessageApi.delete': () => MessageApi.delete(JSON.stringify({ msg_id: kept.mass })),
  'MediaApi.delMaterial': () => MediaApi.delMaterial(kept.materialThumb),
}

const STATISTICS = [
  ...[
    'getUserSummary',
    'getUserCumulate',
    'getArticleSummary',
    'getArticleTotal',
    'getUserRead',
    'getUserReadHour',
  ],
  ...['getUserShare', 'getUserShareHour', 'getUpStreamMsg', 'getUpStreamMsgHour', 'getUpStreamMsgWeekMsg'],
  ...['getUpStreamMsgMonth', 'getUpStreamMsgDist', 'getUpStreamMsgDistWeek', 'getUpStreamMsgDistMonth'],
  ...['getInterFaceSummary', 'getInterFaceSummaryHour'],
]
for (const name of STATISTICS) calls[`DatacubeApi.${name}`] = () => DatacubeApi[name](yesterday, yesterday)

await runCalls(
  Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, async () => read(await call())])),
)
