import { language, texts as shell } from '@/shell/language'

const zh = {
  loginTitle: '用微信登录',
  loginWhy: '登录后这里会显示你的昵称和头像。我们只保存这两项和你的 openid，不登录也能阅读全部文章。',
  login: '微信登录',
  logout: '退出登录',
  readAgain: '更新昵称和头像',
  deleteMe: '删除我的数据',
  deleteSure: '删除我们保存的昵称、头像和 openid，并在所有设备上退出登录？',
  yourOpenid: '你在本公众号的 openid',
  loginNeeded: '这个页面只对登录的人开放。登录时微信会告诉我们你在本公众号的 openid。',
  snapshotTitle: '你正在浏览快照页',
  snapshot: '在快照页里，微信不提供你的身份，所以暂时不能登录。点击页面下方的「使用完整服务」，就可以继续。',
  outsideTitle: '请在微信中打开',
  outside: '登录只能在微信里进行。把这个页面的地址发到微信聊天里，再从那里打开。',
  wecom: '这里是企业微信，公众号的登录和分享卡片都不起作用。把这个页面的地址发到微信聊天里，再从那里打开。',
  more: '更多',
  members: '会员页',
  membersText: '只有登录的人看得到这里。你在本公众号的 openid 是：',
  lab: '接口实验室',
}

const en: typeof zh = {
  loginTitle: 'Log in with WeChat',
  loginWhy:
    'Once you are logged in, your nickname and picture appear here. We keep just these and your openid; every article can be read without.',
  login: 'Log in with WeChat',
  logout: 'Log out',
  readAgain: 'Update name and picture',
  deleteMe: 'Delete my data',
  deleteSure: 'Delete the name, picture and openid we keep, and log out on every device?',
  yourOpenid: 'Your openid at this account',
  loginNeeded:
    'This page is for people who are logged in. WeChat then tells us your openid at this account, and nothing else.',
  snapshotTitle: 'This is a snapshot',
  snapshot:
    'In a snapshot of a page WeChat tells nobody who you are, so you cannot log in yet. Choose "use full service" at the bottom of the page to go on.',
  outsideTitle: 'Open this page in WeChat',
  outside:
    'Logging in works in WeChat only. Send the address of this page to a chat, and open it from there.',
  wecom:
    'This is WeCom: the login and the share cards of an Official Account do not work here. Send the address of this page to a chat in WeChat, and open it from there.',
  more: 'More',
  members: "Members' page",
  membersText: 'Only people who are logged in see this. Your openid at this account is:',
  lab: 'JS-API lab',
}

/** The words of the pages about the person, and those of every page. */
export const texts = { ...shell, ...(language === 'zh-CN' ? zh : en) }
