import { expect, it } from 'vitest'
import { siteFooter } from './siteFooter.ts'
import { readSite } from './siteFile.ts'

const english = { privacy: 'Privacy policy', terms: 'Terms of use' }
const site = readSite({
  ...{
    name: 'Tea',
    shortName: 'Tea',
    owner: 'Tea & Co',
    contact: 'hi@example.com',
    icp: '京ICP备12345678号-1',
  },
  police: { number: '京公网安备11010102001234号', icon: '/police.png' },
})

it('has who runs the site, the pages they owe, and the numbers as links to where they are looked up', () => {
  const html = siteFooter(site, { privacy: '隐私政策', terms: '用户协议' })
  expect(html).toContain('© Tea &#38; Co')
  expect(html).toContain('<a href="mailto:hi@example.com">')
  expect(html).toContain('<a href="/terms">用户协议</a> <a href="/privacy">隐私政策</a>')
  expect(html).toContain(
    '<a href="https://beian.miit.gov.cn/" rel="noreferrer" lang="zh-CN">京ICP备12345678号-1</a>',
  )
  expect(html).toMatch(
    /href="https:\/\/beian\.mps\.gov\.cn\/[^"]*11010102001234"[^>]*><img src="\/police\.png"/,
  )
  expect(siteFooter(site, english)).toContain('<a href="/privacy">Privacy policy</a>')
})

it('has nothing of what is not known', () => {
  const html = siteFooter(readSite({ name: 'Tea', shortName: 'Tea' }), english)
  expect(html).toBe(
    '<footer class="footer"><p><a href="/terms">Terms of use</a> <a href="/privacy">Privacy policy</a></p></footer>',
  )
})

it('writes what is in the file as text', () => {
  const html = siteFooter({ ...site, owner: '<b>', contact: '"><script>', icp: '<i>' }, english)
  expect(html).not.toMatch(/<b>|<script>|<i>/)
})
