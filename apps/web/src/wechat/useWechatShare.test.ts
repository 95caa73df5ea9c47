import { expect, it } from 'vitest'
import { ref } from 'vue'
import type { Jssdk, ShareCard } from 'wechat-web'
import { siteCard } from '@/shell/siteCard'
import { useWechatShare } from './useWechatShare'

const { title, desc, imgUrl } = siteCard

it.each<[string, Partial<ShareCard>, Partial<ShareCard>]>([
  ['nothing', {}, { title, desc, imgUrl }],
  ['only a title', { title: 'Tea' }, { title: 'Tea', desc, imgUrl }],
  ['only a link', { link: '/tea' }, { title, desc, imgUrl, link: '/tea' }],
])('a card that says %s has the rest from the site, and no link but its own', (_says, card, complete) => {
  expect(wantedFor(card)).toEqual([complete])
})

it('a card that is not known yet stays unknown', () => {
  expect(wantedFor(undefined)).toEqual([undefined])
})

function wantedFor(card: Partial<ShareCard> | undefined): (ShareCard | undefined)[] {
  const wanted: (ShareCard | undefined)[] = []
  const jssdk: Pick<Jssdk, 'environment' | 'claimCard'> = {
    environment: { inWechat: true, platform: 'ios', version: '8.0.60' },
    claimCard: () => ({
      want: (one) => void wanted.push(one),
      show: () => undefined,
      hide: () => undefined,
      release: () => undefined,
      refresh: async () => undefined,
    }),
  }
  useWechatShare(ref(card), { jssdk: jssdk as Jssdk })
  return wanted
}
