import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { endSession, fetchSession, loginAddress, type LoginScope, type Session } from '@/api'

/** Who is logged in. */
export const useSession = defineStore('session', () => {
  const session = ref<Session>()
  const user = computed(() => session.value?.user ?? null)
  const snapshot = computed(() => session.value?.snapshot ?? false)
  const ready = computed(() => session.value !== undefined)

  async function load(): Promise<void> {
    session.value = await fetchSession()
  }

  /** Leaves the page for WeChat and comes back to `returnTo`. */
  function login(returnTo: string, scope: LoginScope): void {
    window.location.assign(loginAddress(returnTo, scope))
  }

  async function logout(): Promise<void> {
    await endSession()
    session.value = { user: null }
  }

  return { user, snapshot, ready, load, login, logout }
})
