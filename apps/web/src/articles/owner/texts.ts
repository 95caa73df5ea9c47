import { language } from '@/shell/language'

const zh = {
  title: '站长页',
  forbidden: '这个页面只对站长开放',
  forbiddenText: '把「我的」页面里的 openid 填进 ADMIN_OPENIDS，再重启服务器。',
  opens: '打开次数',
  readers: '读者',
  shares: '带来读者的分享',
  depth: '最远传播层数',
  channels: '读者从哪里来',
  singlemessage: '朋友',
  groupmessage: '群聊',
  timeline: '朋友圈',
  direct: '其他',
  signups: '报名',
  csv: '下载表格 (CSV)',
  when: '时间 (UTC)',
  picture: '图片',
}

const en: typeof zh = {
  title: 'For the owners',
  forbidden: 'Only the owners of this site see this page',
  forbiddenText: 'Put the openid that the page "Me" shows into ADMIN_OPENIDS, and start the server again.',
  opens: 'Opened',
  readers: 'Readers',
  shares: 'Shares that brought somebody',
  depth: 'Longest chain',
  channels: 'Where readers come from',
  singlemessage: 'A friend',
  groupmessage: 'A group',
  timeline: 'Moments',
  direct: 'Elsewhere',
  signups: 'Sign-ups',
  csv: 'Download as a table (CSV)',
  when: 'When (UTC)',
  picture: 'Picture',
}

/** What the owner's page says. */
export const ownerTexts = language === 'zh-CN' ? zh : en
