import site from '@content/site.json'
import type { ShareCard } from 'wechat-web'
import { texts } from './language'

/** The card of pages that have none of their own. It always leads to the start. */
export const siteCard: ShareCard = {
  title: site.name,
  desc: texts.tagline,
  imgUrl: '/covers/default.jpg',
  link: '/',
}
