import { onScopeDispose, ref, watch, type Ref } from 'vue'

const MARGIN = '600px' // before it comes into sight

/** Whether an element has come near what is seen; from then on it stays so. Looks once `ready` is true. */
export function useNear(element: Ref<Element | null | undefined>, ready: () => boolean): Ref<boolean> {
  const near = ref(false)
  let observer: IntersectionObserver | undefined
  const stop = watch([element, ready], () => {
    if (!element.value || !ready()) return
    stop()
    // Engines that cannot say so load it at once.
    if (!('IntersectionObserver' in globalThis)) return void (near.value = true)
    observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return
        near.value = true
        observer?.disconnect()
      },
      { rootMargin: MARGIN },
    )
    observer.observe(element.value)
  })
  onScopeDispose(() => observer?.disconnect())
  return near
}
