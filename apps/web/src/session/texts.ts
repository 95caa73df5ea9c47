import { language, texts as shell } from '@/shell/language'

const zh = {
  loginTitle: '用微信登录',
  loginWhy:
    '登录后这里会显示你的昵称和头像。我们会保存昵称、头像、你的微信标识（openid，可能还有 unionid）和更新昵称头像所需的授权，最长 30 天。不登录也能阅读全部文章。',
  login: '微信登录',
  consent: '登录即表示同意',
  terms: '《用户协议》',
  and: '和',
  privacy: '《隐私政策》',
  consentEnd: '。',
  logout: '退出登录',
  readAgain: '更新昵称和头像',
  deleteMe: '删除我的数据',
  deleteSure: '删除我们保存的昵称、头像、微信标识和授权，并在所有设备上退出登录？',
  yourOpenid: '你在本公众号的 openid',
  loginNeeded: '登录后才能查看此页面。我们会通过微信获取你在本公众号的 openid，不获取昵称和头像。',
  loginNeededProfile:
    '登录后才能查看此页面。我们会通过微信获取你的昵称、头像和在本公众号的微信标识，最长保存 30 天。',
  snapshotTitle: '你正在浏览快照页',
  snapshot: '快照页里无法获取你的微信身份，暂时不能登录。请点页面右下角的「使用完整服务」继续。',
  outsideTitle: '请在微信中打开',
  outside: '登录只能在微信里进行。',
  wecom: '这里是企业微信，不支持公众号的登录和分享卡片。',
  more: '更多',
  members: '会员页',
  membersText: '仅登录用户可见。你在本公众号的 openid 是：',
  lab: '接口实验室',
}

const en: typeof zh = {
  loginTitle: 'Log in with WeChat',
  loginWhy:
    'Once you are logged in, your nickname and picture appear here. We keep them, your WeChat identifiers (openid, and unionid if there is one) and the permission to update the profile, for 30 days at most. Every article can be read without logging in.',
  login: 'Log in with WeChat',
  consent: 'By logging in you agree to the ',
  terms: 'terms of use',
  and: ' and the ',
  privacy: 'privacy policy',
  consentEnd: '.',
  logout: 'Log out',
  readAgain: 'Update name and picture',
  deleteMe: 'Delete my data',
  deleteSure:
    'Delete the name, picture, WeChat identifiers and permission that we keep, and log out on every device?',
  yourOpenid: 'Your openid at this account',
  loginNeeded:
    'Log in to see this page. We get your openid at this account from WeChat, not your nickname or picture.',
  loginNeededProfile:
    'Log in to see this page. We get your nickname, your picture and your identifiers at this account from WeChat, and keep them for 30 days at most.',
  snapshotTitle: 'You are viewing a snapshot page',
  snapshot:
    'WeChat does not share your identity on snapshot pages, so you cannot log in yet. Tap 使用完整服务 ("use full service") in the bottom right corner to continue.',
  outsideTitle: 'Open this page in WeChat',
  outside: 'You can log in inside WeChat only.',
  wecom: 'This is WeCom, where login and share cards of an Official Account do not work.',
  more: 'More',
  members: "Members' page",
  membersText: 'Only people who are logged in see this. Your openid at this account is:',
  lab: 'JS-API lab',
}

/** The words of the pages about the person, and those of every page. */
export const texts = { ...shell, ...(language === 'zh-CN' ? zh : en) }
