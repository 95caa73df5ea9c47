import { createPinia, defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { call } from '@/api'
import { ApiError } from '@/apiError'
import { renewOnReturn } from './renewOnReturn'
import { loginAddress, type LoginScope, type Session } from './sessionApi'

// Not in `main.ts`: Pinia comes with the first page that asks who is there, and most visits are to an article.
const pinia = createPinia()

const useStore = defineStore('session', () => {
  const session = ref<Session>()
  const user = computed(() => session.value?.user ?? null)
  const snapshot = computed(() => session.value?.snapshot ?? false)
  const ready = computed(() => session.value !== undefined)

  async function load(): Promise<void> {
    session.value = await call('GET /api/session')
  }

  /** Leaves the page for WeChat and comes back to `returnTo`. */
  function login(returnTo: string, scope: LoginScope): void {
    window.location.assign(loginAddress(returnTo, scope))
  }

  async function logout(): Promise<void> {
    await call('DELETE /api/session')
    session.value = { user: null }
  }

  /** Has name and picture read again; false when WeChat has to ask the person again. */
  async function readProfileAgain(): Promise<boolean> {
    try {
      session.value = await call('POST /api/me/profile')
      return true
    } catch (error) {
      if (error instanceof ApiError && error.code === 'consent_needed') return false
      throw error
    }
  }

  async function deleteMe(): Promise<void> {
    await call('DELETE /api/me')
    session.value = { user: null }
  }

  return { user, snapshot, ready, load, login, logout, readProfileAgain, deleteMe }
})

/** Who is logged in. Import it from pages that load when they are visited, or with `import()`. */
export const useSession = () => useStore(pinia)

renewOnReturn(window, useSession())
