import { language } from './language'

const zh = {
  pending: '正在准备分享卡片…',
  legacy: '点右上角「···」分享；微信只接受旧的分享方式',
  posted: '分享卡片已交给小程序',
  failed: '分享卡片未生效',
}

export type ShareStatusTexts = typeof zh

const en: ShareStatusTexts = {
  pending: 'Preparing the share card…',
  legacy: 'Tap ··· to share; WeChat takes only the old kind of card here',
  posted: 'The mini program has the share card',
  failed: 'The share card is not in effect',
}

/** How a card stands, in words for developers: a visitor's page does not load them. */
export const shareStatusTexts = language === 'zh-CN' ? zh : en
