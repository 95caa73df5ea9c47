import { Problem } from 'starter-server/problem'

export const articleNotFound = (): Problem =>
  new Problem({
    status: 404,
    code: 'article_not_found',
    title: 'Not found',
    detail: 'There is no article at this address; it may have moved.',
  })
