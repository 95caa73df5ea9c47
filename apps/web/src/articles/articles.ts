import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { fetchArticle, fetchArticles, type Article, type ArticleSummary } from '@/api'
import { ApiError } from '@/apiError'
import { firstPage as first } from '@/firstPage'

/** Articles that were read in this visit: going back shows them at once. */
export const useArticles = defineStore('articles', () => {
  const list = ref<ArticleSummary[] | undefined>(first.articles)
  const bySlug = ref<Record<string, Article>>(first.article ? { [first.article.slug]: first.article } : {})

  /** What is known of an article before its text is here. */
  const summaries = computed(() => {
    const known = new Map(list.value?.map((article) => [article.slug, article]))
    for (const article of Object.values(bySlug.value)) known.set(article.slug, article)
    return known
  })

  async function loadList(): Promise<void> {
    list.value ??= await fetchArticles()
  }

  async function load(slug: string): Promise<void> {
    if (slug === first.missing) throw new ApiError('article_not_found', 404, slug)
    bySlug.value[slug] ??= await fetchArticle(slug)
  }

  return { list, bySlug, summaries, loadList, load }
})
