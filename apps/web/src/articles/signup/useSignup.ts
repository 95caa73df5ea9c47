import { computed, reactive, ref, type Ref } from 'vue'
import { checkAnswers, explainMistake, type SignupForm } from '@app/shared/signupForm'
import type { Answer } from '@app/server/contract'
import { call } from '@/api'
import { ApiError } from '@/apiError'
import { useSession } from '@/session/session'
import { language } from '@/shell/language'
import { dropDraft, keepDraft, readDraft, type Draft } from './draft'
import { signupTexts } from './texts'

type State = Answer<'GET /api/articles/:slug/signup'>

/** One article's sign-up: its state, what is filled in, and what can be done with it. */
export function useSignup(slug: string, form: SignupForm, inWechat: boolean) {
  const params = { slug }
  const state: Ref<State | undefined> = ref()
  const draft: Draft = reactive({})
  const errors = reactive<Record<string, string>>({})
  const note = ref('')
  const failed = ref('')
  const busy = ref(false)
  const isMine = computed(() => !!state.value?.mine)
  /** Why nobody new can sign up, if so. */
  const closed = computed(() => {
    const now = state.value
    if (!now) return ''
    if (!now.open) return signupTexts.closed
    const isFull = now.places !== null && now.taken >= now.places
    return isFull && !now.mine ? signupTexts.full : ''
  })
  // Who signed up before their login ended finds their answers, and the way to withdraw, after another one.
  const mayBeMine = ref(false)

  async function load(): Promise<void> {
    state.value = await call('GET /api/articles/:slug/signup', { params })
    const kept = readDraft(slug)
    Object.assign(draft, textsOf(state.value.mine?.fields), kept)
    mayBeMine.value = !!closed.value && !isMine.value && inWechat && !(await isLoggedIn())
    if (kept && !closed.value) note.value = signupTexts.back
    else if (state.value.mine) note.value = signupTexts.mine
  }

  async function isLoggedIn(): Promise<boolean> {
    await useSession().load()
    return !!useSession().user
  }

  /** @returns the name of the first field to mend; undefined when it was sent, or the login is on its way */
  async function send(): Promise<string | undefined> {
    clear()
    const { answers, mistakes } = checkAnswers(form.fields, draft)
    if (!answers) return show(mapValues(mistakes, (mistake) => explainMistake(mistake, language)))
    busy.value = true
    try {
      const wasMine = isMine.value
      await call('PUT /api/articles/:slug/signup', { params, body: { fields: answers } })
      dropDraft(slug)
      await load()
      note.value = wasMine ? signupTexts.changed : signupTexts.done
    } catch (error) {
      if (error instanceof ApiError && error.errors) return show(error.errors)
      await refused(error)
    } finally {
      busy.value = false
    }
    return undefined
  }

  async function withdraw(): Promise<void> {
    clear()
    busy.value = true
    try {
      await call('DELETE /api/articles/:slug/signup', { params })
      for (const name of Object.keys(draft)) delete draft[name]
      dropDraft(slug)
      await load()
      note.value = signupTexts.withdrawn
    } catch (error) {
      await refused(error)
    } finally {
      busy.value = false
    }
  }

  async function refused(error: unknown): Promise<void> {
    const code = error instanceof ApiError ? error.code : 'unknown'
    if (code === 'login_required') return logIn()
    if (code === 'signup_full' || code === 'signup_closed') await load()
    failed.value =
      code === 'signup_full'
        ? signupTexts.full
        : code === 'signup_closed'
          ? signupTexts.closed
          : code === 'snapshot_visitor'
            ? signupTexts.snapshot
            : signupTexts.failed
  }

  /** Leaves for WeChat; what is filled in is there again afterwards. Elsewhere there is no login. */
  function logIn(): void {
    if (Object.keys(draft).length) keepDraft(slug, draft)
    if (!inWechat) return void (failed.value = signupTexts.outside)
    useSession().login(`/articles/${slug}#signup`, 'snsapi_base')
  }

  function clear(): void {
    note.value = failed.value = ''
    for (const name of Object.keys(errors)) delete errors[name]
  }

  function show(found: Record<string, string>): string | undefined {
    Object.assign(errors, found)
    failed.value = signupTexts.fix
    return form.fields.find(({ name }) => name in found)?.name
  }

  return { state, draft, errors, note, failed, busy, isMine, mayBeMine, closed, load, send, withdraw, logIn }
}

const textsOf = (fields: Record<string, string | number | boolean> = {}): Draft =>
  mapValues(fields, (value) => (typeof value === 'number' ? String(value) : value))

function mapValues<From, To>(object: Record<string, From>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]))
}
