import { getCurrentScope, onScopeDispose } from 'vue'

/**
 * Runs the callback when the page comes back to the foreground or out of the back-forward cache: meanwhile another
 * page may have set its own card. Ends with the scope.
 */
export function onReturn(window: Window, callback: () => void): void {
  const onPageShow = ({ persisted }: PageTransitionEvent) => persisted && callback()
  const onVisible = () => window.document.visibilityState === 'visible' && callback()
  window.addEventListener('pageshow', onPageShow)
  window.document.addEventListener('visibilitychange', onVisible)
  if (!getCurrentScope()) return
  onScopeDispose(() => {
    window.removeEventListener('pageshow', onPageShow)
    window.document.removeEventListener('visibilitychange', onVisible)
  })
}
