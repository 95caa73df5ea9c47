import { shallowReactive, shallowRef } from 'vue'
import { fetchArticle, fetchArticles, type Article, type ArticleSummary } from '@/api'
import { ApiError } from '@/apiError'
import { firstPage as first } from '@/firstPage'

// Articles that were read in this visit: going back shows them at once.
const list = shallowRef(first.articles)
const bySlug = shallowReactive(new Map(first.article && [[first.article.slug, first.article]]))

/** All articles, once they are here. */
export const articleList = (): ArticleSummary[] | undefined => list.value

/** An article with its text, once it is here. */
export const articleAt = (slug: string): Article | undefined => bySlug.get(slug)

/** What is known of an article, maybe before its text is here. */
export const summaryAt = (slug: string): ArticleSummary | undefined =>
  bySlug.get(slug) ?? list.value?.find((article) => article.slug === slug)

export async function loadList(): Promise<void> {
  list.value ??= await fetchArticles()
}

/** @throws {ApiError} `article_not_found` */
export async function loadArticle(slug: string): Promise<void> {
  if (slug === first.missing) throw new ApiError('article_not_found', 404, slug)
  if (!bySlug.has(slug)) bySlug.set(slug, await fetchArticle(slug))
}
