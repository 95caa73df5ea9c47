import { computed, getCurrentInstance, type ComputedRef } from 'vue'

/**
 * The address of the current route, where vue-router is there: a permission of WeChat's belongs to one address. Read as
 * the `$route` of templates, so that a page without a router does not have to bring one.
 */
export function useRouteAddress(): ComputedRef<string | undefined> {
  const globals = getCurrentInstance()?.appContext.config.globalProperties ?? {}
  return computed(() => {
    const route: unknown = Reflect.get(globals, '$route')
    const known = typeof route === 'object' && route !== null && 'fullPath' in route
    return known ? String(route.fullPath) : undefined
  })
}
