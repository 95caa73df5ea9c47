import { language } from '@/shell/language'

const zh = {
  title: '接口实验室',
  intro: '在真机上试一试：当前公众号能调用哪些 JS 接口，微信返回什么。',
  outside: '当前不在微信里，所有调用都会返回 outside。',
  network: '网络类型',
  location: '我的位置',
  scan: '扫一扫',
  image: '选一张图片',
  chosen: '选中的图片',
  miniProgram: '打开小程序',
  subscribe: '订阅通知',
  noTag: '开放标签未渲染',
}

const en: typeof zh = {
  title: 'JS-API lab',
  intro: 'See on a real phone which JS-SDK APIs this account can call, and what WeChat returns.',
  outside: 'This is not WeChat: every call returns "outside".',
  network: 'Network type',
  location: 'Where I am',
  scan: 'Scan a code',
  image: 'Choose a picture',
  chosen: 'The chosen picture',
  miniProgram: 'Open the mini program',
  subscribe: 'Subscribe to messages',
  noTag: 'The open tag was not rendered',
}

export const labTexts = language === 'zh-CN' ? zh : en
