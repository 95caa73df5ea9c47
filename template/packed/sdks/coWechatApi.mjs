// Every call of co-wechat-api that an Official Account has: what is of shops, cards, devices, beacons, stores and mini
// programs is left out.
import API from 'co-wechat-api'
import { runCalls } from './runCalls.mjs'

const { appId, appSecret, openid, friend, templateId, yesterday } = JSON.parse(process.env.SDK_INPUT)
const api = new API(appId, appSecret)
const view = { type: 'view', name: 'Home', url: 'https://h5.example.com/' }
const kept = {}
const keep = (name, field) => (answer) => ((kept[name] = answer[field]), answer)
const article = () => ({
  title: 'Tea',
  thumb_media_id: kept.materialThumb,
  author: 'Lin',
  digest: '',
  show_cover_pic: 0,
  content: '<p>Tea</p>',
  content_source_url: '',
})

const calls = {
  getAccessToken: () => api.getAccessToken(),
  getTicket: () => api.getTicket(),
  ensureTicket: () => api.ensureTicket(),
  getLatestTicket: () => api.getLatestTicket(),
  getJsConfig: () => api.getJsConfig({ jsApiList: ['scanQRCode'], url: 'https://h5.example.com/' }),
  getCardExt: () => api.getCardExt({ card_id: 'p1' }),
  getIp: () => api.getIp(),

  createMenu: () => api.createMenu({ button: [view] }),
  getMenu: () => api.getMenu(),
  getMenuConfig: () => api.getMenuConfig(),
  getAutoreply: () => api.getAutoreply(),

  getUser: () => api.getUser(openid),
  batchGetUsers: () => api.batchGetUsers([openid, friend]),
  getFollowers: () => api.getFollowers(),
  updateRemark: () => api.updateRemark(openid, 'tea'),
  createTags: async () => {
    const answer = await api.createTags('tea')
    kept.tag = answer.tag.id
    return answer
  },
  getTags: () => api.getTags(),
  updateTag: () => api.updateTag(kept.tag, 'green tea'),
  batchTagging: () => api.batchTagging([openid], kept.tag),
  getUsersFromTag: () => api.getUsersFromTag(kept.tag),
  getIdList: () => api.getIdList(openid),

  addConditionalMenu: () =>
    api.addConditionalMenu({ button: [view], matchrule: { tag_id: kept.tag } }).then(keep('menu', 'menuid')),
  tryConditionalMenu: () => api.tryConditionalMenu(openid),
  delConditionalMenu: () => api.delConditionalMenu(kept.menu),
  removeMenu: () => api.removeMenu(),

  batchUnTagging: () => api.batchUnTagging([openid], kept.tag),
  deleteTag: () => api.deleteTag(kept.tag),
  getGroups: () => api.getGroups(),
  createGroup: async () => {
    const answer = await api.createGroup('friends')
    kept.group = answer.group.id
    return answer
  },
  updateGroup: () => api.updateGroup(kept.group, 'old friends'),
  moveUserToGroup: () => api.moveUserToGroup(openid, kept.group),
  moveUsersToGroup: () => api.moveUsersToGroup([openid, friend], kept.group),
  getWhichGroup: () => api.getWhichGroup(openid),
  removeGroup: () => api.removeGroup(kept.group),

  createTmpQRCode: () => api.createTmpQRCode(100, 1800).then(keep('ticket', 'ticket')),
  createLimitQRCode: () => api.createLimitQRCode('door'),
  showQRCodeURL: () => api.request(api.showQRCodeURL(encodeURIComponent(kept.ticket))),
  shorturl: () => api.shorturl('https://h5.example.com/a/long/address'),

  uploadMedia: () => api.uploadMedia('picture.png', 'image'),
  uploadImageMedia: () => api.uploadImageMedia('picture.png').then(keep('image', 'media_id')),
  uploadVoiceMedia: () => api.uploadVoiceMedia('voice.amr').then(keep('voice', 'media_id')),
  uploadVideoMedia: () => api.uploadVideoMedia('video.mp4').then(keep('video', 'media_id')),
  uploadThumbMedia: () => api.uploadThumbMedia('picture.png').then(keep('thumb', 'thumb_media_id')),
  getMedia: () => api.getMedia(kept.image),
  uploadImage: () => api.uploadImage('picture.png'),

  uploadImageMaterial: () => api.uploadImageMaterial('picture.png').then(keep('materialImage', 'media_id')),
  uploadVoiceMaterial: () => api.uploadVoiceMaterial('voice.amr').then(keep('materialVoice', 'media_id')),
  uploadThumbMaterial: () => api.uploadThumbMaterial('picture.png').then(keep('materialThumb', 'media_id')),
  uploadVideoMaterial: () =>
    api
      .uploadVideoMaterial('video.mp4', { title: 'Tea', introduction: 'How to' })
      .then(keep('materialVideo', 'media_id')),
  uploadNews: () => api.uploadNews({ articles: [article()] }).then(keep('news', 'media_id')),
  uploadNewsMaterial: () => api.uploadNewsMaterial({ articles: [article()] }),
  updateNewsMaterial: () => api.updateNewsMaterial({ media_id: kept.news, index: 0, articles: article() }),
  getMaterial: () => api.getMaterial(kept.materialImage),
  getMaterialCount: () => api.getMaterialCount(),
  getMaterials: () => api.getMaterials('image', 0, 20),

  sendText: () => api.sendText(openid, 'Hello'),
  sendImage: () => api.sendImage(openid, kept.image),
  sendVoice: () => api.sendVoice(openid, kept.voice),
  sendVideo: () => api.sendVideo(openid, kept.video, kept.thumb),
  sendMusic: () =>
    api.sendMusic(openid, {
      title: 'Tea',
      description: '',
      musicurl: 'https://h5.example.com/a.mp3',
      hqmusicurl: 'https://h5.example.com/a.mp3',
      thumb_media_id: kept.thumb,
    }),
  sendNews: () =>
    api.sendNews(openid, [{ title: 'Tea', description: '', url: 'https://h5.example.com/', picurl: '' }]),
  sendMpNews: () => api.sendMpNews(openid, kept.news),
  sendMiniProgram: () =>
    api.sendMiniProgram(openid, {
      title: 'Tea',
      appid: 'wx0123456789abcdef',
      pagepath: 'pages/index',
      thumb_media_id: kept.thumb,
    }),
  sendCard: () => api.sendCard(openid, 'p1'),

  setIndustry: () => api.setIndustry({ industry_id1: '1', industry_id2: '4' }),
  getIndustry: () => api.getIndustry(),
  addTemplate: () => api.addTemplate('TM00015').then(keep('template', 'template_id')),
  getAllPrivateTemplate: () => api.getAllPrivateTemplate(),
  sendTemplate: () =>
    api.sendTemplate(openid, templateId, 'https://h5.example.com/', '#173177', {
      character_string1: { value: 'A1' },
      amount2: { value: '5' },
      time3: { value: '2026-01-08' },
    }),
  delPrivateTemplate: () => api.delPrivateTemplate(kept.template),

  getCustomServiceList: () => api.getCustomServiceList(),
  getOnlineCustomServiceList: () => api.getOnlineCustomServiceList(),
  addKfAccount: () => api.addKfAccount('tea@sandbox', 'Lin'),
  updateKfAccount: () => api.updateKfAccount('tea@sandbox', 'Mei'),
  setKfAccountAvatar: () => api.setKfAccountAvatar('tea@sandbox', 'picture.png'),
  inviteworker: () => api.inviteworker('tea@sandbox', 'lin'),
  createKfSession: () => api.createKfSession('tea@sandbox', openid),
  getRecords: () =>
    api.getRecords({ starttime: 1760000000, endtime: 1760000600, pageindex: 1, pagesize: 50 }),
  deleteKfAccount: () => api.deleteKfAccount('tea@sandbox'),

  uploadMPVideo: () =>
    api
      .uploadMPVideo({ media_id: kept.video, title: 'Tea', description: '' })
      .then(keep('mpVideo', 'media_id')),
  massSendNews: () => api.massSendNews(kept.news, [openid, friend]).then(keep('mass', 'msg_id')),
  massSendText: () => api.massSendText('Hello', true),
  massSendVoice: () => api.massSendVoice(kept.materialVoice, [openid, friend]),
  massSendImage: () => api.massSendImage(kept.materialImage, [openid, friend]),
  massSendVideo: () => api.massSendVideo(kept.mpVideo, [openid, friend]),
  previewNews: () => api.previewNews(openid, kept.news),
  previewText: () => api.previewText(openid, 'Hello'),
  previewVoice: () => api.previewVoice(openid, kept.materialVoice),
  previewImage: () => api.previewImage(openid, kept.materialImage),
  previewVideo: () => api.previewVideo(openid, kept.mpVideo),
  getMassMessageStatus: () => api.getMassMessageStatus(String(kept.mass)),
  deleteMass: () => api.deleteMass(Number(kept.mass)),
  removeMaterial: () => api.removeMaterial(kept.materialImage),
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
  ...['getUserShare', 'getUserShareHour', 'getUpstreamMsg', 'getUpstreamMsgHour', 'getUpstreamMsgWeek'],
  ...['getUpstreamMsgMonth', 'getUpstreamMsgDist', 'getUpstreamMsgDistWeek', 'getUpstreamMsgDistMonth'],
  ...['getInterfaceSummary', 'getInterfaceSummaryHour'],
]
for (const name of STATISTICS) calls[name] = () => api[name](yesterday, yesterday)

await runCalls(calls)
