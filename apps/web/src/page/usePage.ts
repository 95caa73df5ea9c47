import { computed, shallowReactive, toValue, watchEffect, type ComputedRef, type MaybeRefOrGetter } from 'vue'
import type { Answer, PageAnswer, PageName, Sent } from '@app/server/contract'
import { addressOf, fetchPage } from '@/api'
import { ApiError } from '@/apiError'
import { siteCard } from '@/shell/siteCard'
import { useLoad, type UseLoadReturn } from '@/shell/useLoad'
import { useWechatShare } from '@/wechat/useWechatShare'
import { firstVisit, type FirstVisit, type MissingVisit } from './firstVisit'

type Params<Name extends PageName> = Sent<Name>['params']
type Pages<Name extends PageName> = Map<string, PageAnswer<Name>>

export interface UsePageOptions {
  /** Title and card as far as they are known before the page is here, say from a list that leads to it. */
  early?: () => PageAnswer<PageName>['head'] | undefined
}

export interface UsePageReturn<Name extends PageName> extends UseLoadReturn {
  /** Undefined until it is here; then `error` may say why it is not. */
  data: ComputedRef<Answer<Name> | undefined>
  /** Nothing is at this address: `<NotFoundPage>` stands in the page's place. */
  missing: ComputedRef<boolean>
  /** How its card stands, for `<ShareStatus>`. */
  share: ReturnType<typeof useWechatShare>
}

// What was read in this visit, by route and then by address: going back shows it at once.
const known = new Map<PageName, unknown>()

/**
 * A page that the server knows: its data, its title and its share card. The first page of a visit has them in its HTML,
 * later ones are fetched once. What they are is said where the page is defined, in `apps/server`.
 *
 * @param name the route of its JSON; its data has the type that is defined there
 * @example const { data, missing, error, retry } = usePage('GET /api/products/:id', () => ({ id }))
 */
export function usePage<Name extends PageName>(
  name: Name,
  params: MaybeRefOrGetter<Params<Name>>,
  options: UsePageOptions = {},
): UsePageReturn<Name> {
  const pages = knownOf(name)
  const address = computed(() => addressOf(name, toValue(params)))
  const page = computed(() => pages.get(address.value))
  const { error, retry } = useLoad(
    async () => {
      const [asked, given] = [address.value, toValue(params)]
      if (pages.has(asked)) return
      if (isMissing(firstVisit) && firstVisit.address === asked)
        throw new ApiError(firstVisit.missing, 404, asked)
      pages.set(asked, await fetchPage(name, given))
    },
    () => address.value,
  )
  const head = computed(() => page.value?.head ?? options.early?.())
  const share = useWechatShare(() => head.value && { ...head.value.card, link: head.value.path })
  watchEffect(() => {
    if (head.value) document.title = head.value.title ?? siteCard.title
  })
  return {
    data: computed(() => page.value?.data),
    missing: computed(() => error.value instanceof ApiError && error.value.status === 404),
    error,
    retry,
    share,
  }
}

/** What is known of another page already; nothing is fetched. */
export function knownPage<Name extends PageName>(name: Name, params: Params<Name>): Answer<Name> | undefined {
  return knownOf(name).get(addressOf(name, params))?.data
}

function knownOf<Name extends PageName>(name: Name): Pages<Name> {
  const before: unknown = known.get(name)
  if (isPagesOf(name, before)) return before
  const pages: Pages<Name> = shallowReactive(new Map())
  if (isOf(name, firstVisit)) pages.set(firstVisit.address, firstVisit.answer)
  known.set(name, pages)
  return pages
}

// Under a name stands what this file has put there.
function isPagesOf<Name extends PageName>(_name: Name, pages: unknown): pages is Pages<Name> {
  return pages instanceof Map
}

const isMissing = (visit: typeof firstVisit): visit is MissingVisit => !!visit && 'missing' in visit

// The server wrote it by the same definition that the type comes from.
function isOf<Name extends PageName>(
  name: Name,
  visit: FirstVisit | MissingVisit | undefined,
): visit is FirstVisit<PageAnswer<Name>> {
  return !!visit && 'route' in visit && visit.route === name
}
