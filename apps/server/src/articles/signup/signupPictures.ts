import type { Mistake, SignupAnswers, SignupForm } from '@app/shared/signupForm'
import type { Pictures } from '../pictures/pictures.ts'
import type { Signups } from './signups.ts'

/** The pictures among somebody's answers: kept while a sign-up of theirs names them. */
export interface SignupPictures {
  /** Keeps them from now on. @returns the fields whose picture is not theirs, or gone */
  use(form: SignupForm, answers: SignupAnswers, person: string): Promise<Record<string, Mistake>>
  /** After answers that were not taken: what no sign-up names may be sent again, and goes after a day. */
  release(form: SignupForm, answers: SignupAnswers, person: string): Promise<void>
  /** After answers that were changed or withdrawn: what no sign-up names any more is deleted. */
  deleteUnnamed(form: SignupForm, before: SignupAnswers | undefined, person: string): Promise<void>
}

export function createSignupPictures(parts: {
  pictures: Pick<Pictures, 'use' | 'release' | 'delete'>
  signups: Pick<Signups, 'answersOf'>
}): SignupPictures {
  const { pictures, signups } = parts

  // One picture may stand in two fields, change from one to the other, or belong to the sign-up of another article.
  async function unnamed(form: SignupForm, answers: SignupAnswers, person: string): Promise<string[]> {
    const ids = picturesIn(form, answers).map(([, id]) => id)
    if (ids.length === 0) return []
    const named = new Set((await signups.answersOf(person)).flatMap((one) => Object.values(one)))
    return [...new Set(ids)].filter((id) => !named.has(id))
  }

  return {
    async use(form, answers, person) {
      const mistakes: Record<string, Mistake> = {}
      for (const [name, id] of picturesIn(form, answers))
        if (!(await pictures.use(id, person))) mistakes[name] = { code: 'picture' }
      return mistakes
    },
    async release(form, answers, person) {
      for (const id of await unnamed(form, answers, person)) await pictures.release(id, person)
    },
    async deleteUnnamed(form, before = {}, person) {
      for (const id of await unnamed(form, before, person)) await pictures.delete(id, person)
    },
  }
}

// What was left may be older than the form: a field of pictures may once have asked for a text.
const picturesIn = ({ fields }: SignupForm, answers: SignupAnswers): [name: string, id: string][] =>
  fields.flatMap(({ name, type }): [string, string][] => {
    const id = answers[name]
    return type === 'picture' && typeof id === 'string' && /^[\w-]{24}$/.test(id) ? [[name, id]] : []
  })
