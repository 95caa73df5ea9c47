import { hasInjectionContext, inject, type InjectionKey } from 'vue'
import type { Jssdk } from './jssdk'
import { outside } from './outside'

export const jssdkKey: InjectionKey<Jssdk> = Symbol('jssdk')

/**
 * The one that was given, or that `main.ts` provides. Without any, say in a component's own test, it is as outside
 * WeChat: every component has to cope with that, and a page without a card is better than no page.
 */
export function useJssdk(given: Jssdk | undefined): Jssdk {
  return given ?? (hasInjectionContext() ? inject(jssdkKey, undefined) : undefined) ?? outside()
}
