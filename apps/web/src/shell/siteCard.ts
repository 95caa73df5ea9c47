import type { ShareCard } from 'wechat-web'
import { site } from './site'

/** The card of pages that have none of their own. It always leads to the start. */
export const siteCard: ShareCard = {
  title: site.name,
  desc: site.tagline,
  imgUrl: '/covers/default.jpg',
  link: '/',
}
