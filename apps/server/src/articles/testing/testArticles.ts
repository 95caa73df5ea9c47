import { openArticles, openSiteArticles, type Articles } from '../articles.ts'

/** The articles of a folder of the test's own; without one those of the site. */
export function openTestArticles(
  folder: string | undefined,
  ...site: Parameters<typeof openSiteArticles>
): Promise<Articles> {
  return folder === undefined ? openSiteArticles(...site) : openArticles({ folder })
}
