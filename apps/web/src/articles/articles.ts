import { defineStore } from 'pinia'
import { ref } from 'vue'
import { fetchArticle, fetchArticles, type Article, type ArticleSummary } from '@/api'

/** Articles that were read in this visit: going back shows them at once. */
export const useArticles = defineStore('articles', () => {
  const list = ref<ArticleSummary[]>()
  const bySlug = ref<Record<string, Article>>({})

  async function loadList(): Promise<void> {
    list.value = await fetchArticles()
  }

  async function load(slug: string): Promise<void> {
    bySlug.value[slug] ??= await fetchArticle(slug)
  }

  return { list, bySlug, loadList, load }
})
