import { hasInjectionContext, inject, type InjectionKey } from 'vue'
import type { Jssdk } from '../jssdk.ts'

export const jssdkKey: InjectionKey<Jssdk> = Symbol('jssdk')

/** The one that was given, or that the app provides under {@link jssdkKey}. A component without any is as outside WeChat. */
export function useJssdk(given: Jssdk | undefined): Jssdk | undefined {
  return given ?? (hasInjectionContext() ? inject(jssdkKey, undefined) : undefined)
}
