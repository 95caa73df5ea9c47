import type { ArticleSummary } from '../articles/articles.ts'
import type { PageContent } from './head.ts'
import { formatDay, PAGE_WORDS, type Reader } from './words.ts'
import { escapeHtml } from '../http/escapeHtml.ts'
import site from '../../../../content/site.json' with { type: 'json' }

/**
 * What a person can read before the app runs, and without it: the bar, an article with its text, the list with its
 * links. The app draws the same in its place (`shell/App.vue`, `articles/ArticlePage.vue`, `articles/ListPage.vue`) and
 * takes the text from here; `e2e/firstVisit.spec.ts` holds the two together.
 */
export function pageShell({ data, text }: Pick<PageContent, 'data' | 'text'>, reader: Reader): string {
  const words = PAGE_WORDS[reader.language]
  const { article, articles } = data
  const content = article ? articleOf(article, text, reader) : articles ? listOf(articles, reader) : ''
  return (
    `<a class="skip" href="#content">${words.skip}</a>` +
    `<header class="bar"><nav class="bar-inner"><a class="brand" href="/"><img src="/favicon.svg" alt="" width="28" height="28">${escapeHtml(site.shortName)}</a>` +
    `<a class="bar-link" href="/me">${words.me}</a></nav></header>` +
    `<main id="content" class="page" tabindex="-1">${content}</main>`
  )
}

function articleOf(article: ArticleSummary, text: string | undefined, reader: Reader): string {
  const { title, summary, cover, lang } = article
  return (
    `<article class="article" lang="${escapeHtml(lang)}">${coverOf('cover article-cover', cover, true)}` +
    `<header class="article-head">${dayOf(article, reader)}<h1>${escapeHtml(title)}</h1>` +
    `<p class="article-summary">${escapeHtml(summary)}</p></header>` +
    `<div class="prose">${text ?? ''}</div></article>`
  )
}

function listOf(articles: ArticleSummary[], reader: Reader): string {
  const { latest, tagline } = PAGE_WORDS[reader.language]
  const cards = articles.map(
    (article, index) =>
      `<li class="card" lang="${escapeHtml(article.lang)}">${coverOf('cover', article.cover, index === 0)}` +
      `<div class="card-body"><h2><a href="/articles/${escapeHtml(article.slug)}">${escapeHtml(article.title)}</a></h2>` +
      `<p>${escapeHtml(article.summary)}</p>${dayOf(article, reader)}</div></li>`,
  )
  return (
    `<section class="hero"><p class="hero-kicker">${escapeHtml(site.name)}</p><h1>${latest}</h1>` +
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
