import { escapeHtml } from 'starter-server/escapeHtml'
import { SITE_NAME, SITE_SUMMARIES } from '../pages/siteDefaults.ts'
import { site as thisSite } from '../pages/siteFile.ts'
import { formatDay, type Language, type Reader } from '../pages/texts.ts'
import type { Article, ArticleSummary } from './contract.ts'

const WORDS: Record<Language, Record<'latest' | 'articles' | 'previous' | 'next' | 'follow', string>> = {
  'zh-CN': {
    latest: '最新文章',
    articles: '其他文章',
    previous: '上一篇',
    next: '下一篇',
    follow: '微信扫码，或在微信里长按二维码，即可关注。',
  },
  en: {
    latest: 'Latest articles',
    articles: 'Other articles',
    previous: 'Previous',
    next: 'Next',
    follow: 'Scan the code with WeChat, or press and hold it in WeChat, to follow.',
  },
}

type Account = (typeof thisSite)['account']

/** An article as `ArticlePage.vue` draws it in its place. */
export function articleShell(article: Article, reader: Reader, account: Account = thisSite.account): string {
  const { title, summary, cover, lang, html, signup } = article
  return (
    `<article class="article" lang="${escapeHtml(lang)}">${coverOf('cover article-cover', cover, true)}` +
    `<header class="article-head">${bylineOf(article, reader, account)}<h1>${escapeHtml(title)}</h1>` +
    `<p class="article-summary">${escapeHtml(summary)}</p></header>` +
    `<div class="prose">${html}</div>${signup ? '<div id="signup" class="signup-place"></div>' : ''}` +
    `${followOf(account, reader)}${neighboursOf(article, reader)}</article>`
  )
}

// As ArticleByline.vue.
function bylineOf(article: Article, reader: Reader, account: Account): string {
  const author = article.author ?? account.name
  const written = author ? ` <span class="article-author">${escapeHtml(author)}</span>` : ''
  return `<p class="article-byline">${dayOf(article, reader)}${written}</p>`
}

// As FollowAccount.vue.
function followOf({ name, qr }: Account, { language }: Reader): string {
  if (!qr) return ''
  const title = name ? `<strong lang="${thisSite.language}">${escapeHtml(name)}</strong>` : ''
  return (
    `<aside class="follow" lang="${language}"><img src="${escapeHtml(qr)}" alt="" width="112" height="112" loading="lazy">` +
    `<p>${title}${WORDS[language].follow}</p></aside>`
  )
}

// As ArticleNeighbours.vue.
function neighboursOf({ previous, next }: Article, { language }: Reader): string {
  if (!previous && !next) return ''
  const words = WORDS[language]
  const link = (rel: 'previous' | 'next', to: Article['next']) =>
    to
      ? `<a href="/articles/${escapeHtml(to.slug)}" rel="${rel === 'next' ? 'next' : 'prev'}">` +
        `<small>${words[rel]}</small><span lang="${escapeHtml(to.lang)}">${escapeHtml(to.title)}</span></a>`
      : ''
  return `<nav class="neighbours" aria-label="${words.articles}" lang="${language}">${link('previous', previous)}${link('next', next)}</nav>`
}

/** The list as `ListPage.vue` draws it in its place. */
export function listShell(articles: ArticleSummary[], reader: Reader): string {
  const { latest } = WORDS[reader.language]
  const tagline = escapeHtml(SITE_SUMMARIES[reader.language])
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
