import { language } from './language'

const zh = {
  code: '这个页面的二维码',
  scan: '用微信扫一扫，在手机上打开这个页面。',
  copy: '复制链接',
  copied: '已复制',
  paste: '在微信里把它发给自己（文件传输助手），再点开。',
  failed: '浏览器不允许复制，请长按选中下面的地址：',
  address: '这个页面的地址',
}

const en: typeof zh = {
  code: 'QR code of this page',
  scan: 'Scan it with WeChat to open this page on your phone.',
  copy: 'Copy the link',
  copied: 'Copied',
  paste: 'Send it to yourself in WeChat (File Transfer), and open it there.',
  failed: 'This browser does not let the page copy. Select the address yourself:',
  address: 'The address of this page',
}

/** How to get to a page in WeChat. */
export const openTexts = language === 'zh-CN' ? zh : en
