import { language } from './language'

const zh = {
  pending: '正在准备分享卡片…',
  legacy: '点右上角「···」分享（当前微信版本使用旧版分享接口）',
  posted: '分享卡片已交给小程序',
  failed: '分享卡片未生效',
}

export type ShareStatusTexts = typeof zh

const en: ShareStatusTexts = {
  pending: 'Preparing the share card…',
  legacy: 'Tap ··· to share (this version of WeChat uses the older sharing API)',
  posted: 'The mini program has the share card',
  failed: 'The share card could not be set',
}

/** How a card stands, in words for developers: a visitor's page does not load them. */
export const shareStatusTexts = language === 'zh-CN' ? zh : en
