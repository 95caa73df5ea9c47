import { ref, watch, type Ref } from 'vue'

export interface UseLoadReturn {
  error: Readonly<Ref<unknown>>
  /** Runs the work again. */
  retry: () => void
}

/** Runs a page's loading now and whenever `key` changes, and keeps the error of the newest run. */
export function useLoad(work: () => Promise<void>, key: () => unknown = () => undefined): UseLoadReturn {
  const error = ref<unknown>()
  let run = 0
  async function load(): Promise<void> {
    const mine = ++run
    error.value = undefined
    try {
      await work()
    } catch (reason) {
      if (mine === run) error.value = reason
    }
  }
  watch(key, load, { immediate: true })
  return { error, retry: () => void load() }
}
