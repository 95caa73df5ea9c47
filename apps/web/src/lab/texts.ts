import { language } from '@/shell/language'

const zh = {
  title: '接口实验室',
  intro: '在真机上看看：这个公众号可以调用哪些接口，微信怎么回答。',
  outside: '现在不在微信里，调用都会得到“outside”。',
  network: '网络类型',
  location: '我的位置',
  scan: '扫一扫',
  image: '选一张图片',
  chosen: '选中的图片',
  miniProgram: '打开小程序',
  subscribe: '订阅通知',
  noTag: '这里没有微信的按钮',
}

const en: typeof zh = {
  title: 'JS-API lab',
  intro: 'See on a real phone what this account may call, and what WeChat answers.',
  outside: 'This is not WeChat: every call answers "outside".',
  network: 'Network type',
  location: 'Where I am',
  scan: 'Scan a code',
  image: 'Choose a picture',
  chosen: 'The chosen picture',
  miniProgram: 'Open the mini program',
  subscribe: 'Subscribe to notices',
  noTag: 'WeChat draws no button here',
}

export const labTexts = language === 'zh-CN' ? zh : en
