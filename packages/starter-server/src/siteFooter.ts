import { escapeHtml } from './escapeHtml.ts'
import type { Site } from './siteFile.ts'

const ICP_SEARCH = 'https://beian.miit.gov.cn/'

/**
 * What stands below every page: who runs the site, the pages that they owe, and the numbers under which a site in
 * mainland China is registered. The web app keeps this HTML as it is (`shell/footer.ts`).
 *
 * @see https://beian.miit.gov.cn a site shows its ICP number at the foot of its pages, as a link to here
 * @see https://beian.mps.gov.cn the number of the 公安备案 stands there with its badge
 */
export function siteFooter(site: Site, words: { privacy: string; terms: string }): string {
  const { privacy, terms } = words
  const { owner, contact, icp, police } = site
  const lines = [
    [owner && `<span>© ${escapeHtml(owner)}</span>`, contact && contactLink(contact)],
    [`<a href="/terms">${terms}</a>`, `<a href="/privacy">${privacy}</a>`],
    [icp && outward(ICP_SEARCH, icp), police.number && outward(police.url, police.number, police.icon)],
  ]
  const paragraphs = lines
    .map((parts) => parts.filter(Boolean).join(' '))
    .filter(Boolean)
    .map((line) => `<p>${line}</p>`)
  return `<footer class="footer">${paragraphs.join('')}</footer>`
}

function contactLink(contact: string): string {
  const isMail = /^[^\s@/?:]+@[^\s@/?]+$/.test(contact)
  return isMail
    ? `<a href="mailto:${escapeHtml(contact)}">${escapeHtml(contact)}</a>`
    : `<span>${escapeHtml(contact)}</span>`
}

function outward(href: string, text: string, icon = ''): string {
  const image = icon ? `<img src="${escapeHtml(icon)}" alt="" width="18" height="20">` : ''
  return `<a href="${escapeHtml(href)}" rel="noreferrer" lang="zh-CN">${image}${escapeHtml(text)}</a>`
}
