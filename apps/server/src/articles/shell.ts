import { escapeHtml } from 'starter-server/escapeHtml'
import { SITE_NAME } from '../pages/siteDefaults.ts'
import { formatDay, type Language, type Reader } from '../pages/texts.ts'
import type { Article, ArticleSummary } from './contract.ts'

const WORDS: Record<Language, { latest: string; tagline: string }> = {
  'zh-CN': { latest: '最新文章', tagline: '为微信而做的网页：分享有卡片，登录即授权，全程可测试。' },
  en: {
    latest: 'Latest articles',
    tagline: 'Web pages made for WeChat: share as cards, log in with WeChat, tested end to end.',
  },
}

/** An article as `ArticlePage.vue` draws it in its place. */
export function articleShell(article: Article, reader: Reader): string {
  const { title, summary, cover, lang, html, signup } = article
  return (
    `<article class="article" lang="${escapeHtml(lang)}">${coverOf('cover article-cover', cover, true)}` +
    `<header class="article-head">${dayOf(article, reader)}<h1>${escapeHtml(title)}</h1>` +
    `<p class="article-summary">${escapeHtml(summary)}</p></header>` +
    `<div class="prose">${html}</div>${signup ? '<div id="signup" class="signup-place"></div>' : ''}</article>`
  )
}

/** The list as `ListPage.vue` draws it in its place. */
export function listShell(articles: ArticleSummary[], reader: Reader): string {
  const { latest, tagline } = WORDS[reader.language]
  const cards = articles.map(
    (article, index) =>
      `<li class="card" lang="${escapeHtml(article.lang)}">${coverOf('cover', article.cover, index === 0)}` +
      `<div class="card-body"><h2><a href="/articles/${escapeHtml(article.slug)}">${escapeHtml(article.title)}</a></h2>` +
      `<p>${escapeHtml(article.summary)}</p>${dayOf(article, reader)}</div></li>`,
  )
  return (
    `<section class="hero"><p class="hero-kicker">${escapeHtml(SITE_NAME)}</p><h1>${latest}</h1>` +
    `<p class="hero-text">${tagline}</p></section><ul class="cards">${cards.join('')}</ul>`
  )
}

function coverOf(classes: string, cover: string, eager: boolean): string {
  const loading = eager ? 'loading="eager" fetchpriority="high"' : 'loading="lazy" fetchpriority="auto"'
  return `<img class="${classes}" src="${escapeHtml(cover)}" alt="" width="1200" height="675" ${loading}>`
}

function dayOf({ publishedAt }: ArticleSummary, reader: Reader): string {
  return `<time datetime="${escapeHtml(publishedAt)}" lang="${reader.language}">${escapeHtml(formatDay(publishedAt, reader))}</time>`
}
