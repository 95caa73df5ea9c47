import { Router, type Request } from 'express'
import type { Env } from '../../env.ts'
import { route } from 'starter-server/endpoint'
import { prefersChinese, Problem } from 'starter-server/problem'
import { requireAdmin } from '../../login/admins.ts'
import type { Members } from 'wechat-core/login'
import { findUser, requireUser, userOf } from '../../login/user.ts'
import type { Articles } from '../articles.ts'
import type { Article } from '../contract.ts'
import type { Pictures } from '../pictures/pictures.ts'
import { signupContract } from './contract.ts'
import {
  checkAnswers,
  explainMistake,
  type Mistake,
  type SignupAnswers,
  type SignupForm,
} from '@app/shared/signupForm'
import { sendCsv } from '../csv.ts'
import type { Confirmations } from './confirmation.ts'
import { signupsToCsv } from './signupList.ts'
import { hasEnded, SignupRefused, type Signup, type Signups } from './signups.ts'

export interface SignupParts {
  env: Env
  members: Members
  articles: Articles
  signups: Signups
  pictures: Pictures
  confirmations: Pick<Confirmations, 'send'>
  now: () => number
}

/** Sign-ups of articles, for those who sign up and for the owners of the site. */
export function signupRoutes(parts: SignupParts): Router {
  const { env, members, articles, signups, pictures, confirmations, now } = parts

  async function find(slug: string): Promise<{ article: Article; form: SignupForm }> {
    const article = await articles.find(slug)
    if (!article?.signup) throw signupNotFound()
    return { article, form: article.signup }
  }

  /** The pictures among the answers are this person's own, and are kept from now on. */
  async function usePictures(
    form: SignupForm,
    answers: SignupAnswers,
    person: string,
  ): Promise<Record<string, Mistake>> {
    const mistakes: Record<string, Mistake> = {}
    for (const { name, type } of form.fields) {
      const id = answers[name]
      if (type === 'picture' && typeof id === 'string' && !(await pictures.use(id, person)))
        mistakes[name] = { code: 'picture' }
    }
    return mistakes
  }

  async function releasePictures(form: SignupForm, answers: SignupAnswers, person: string): Promise<void> {
    for (const { name, type } of form.fields) {
      const id = answers[name]
      if (type === 'picture' && typeof id === 'string') await pictures.release(id, person)
    }
  }

  /** Deletes the pictures of a sign-up that are not among what it has now. */
  async function deletePictures(form: SignupForm, before: Signup | undefined, now: SignupAnswers = {}) {
    for (const { name, type } of form.fields) {
      const id = before?.fields[name]
      if (type === 'picture' && typeof id === 'string' && id !== now[name]) await pictures.delete(id)
    }
  }

  return Router()
    .use(
      route(signupContract, 'GET /api/articles/:slug/signup', async ({ params: { slug }, req }) => {
        const { form } = await find(slug)
        const user = await findUser(req, members)
        const { taken, mine } = await signups.state(slug, user && members.keyOf(user.openid))
        return { open: !hasEnded(form, now()), places: form.places ?? null, taken, mine: mine ?? null }
      }),
    )
    .use('/api/articles/:slug/signup', requireUser({ members }))
    .use(
      route(
        signupContract,
        'PUT /api/articles/:slug/signup',
        async ({ params: { slug }, body, req, res }) => {
          const { article, form } = await find(slug)
          const { openid } = userOf(req)
          const person = members.keyOf(openid)
          const { answers, mistakes = {} } = checkAnswers(form.fields, body.fields)
          if (!answers || !body.fields) throw invalidFields(mistakes, req)
          if (hasEnded(form, now())) throw refusal('signup_closed')
          const wrong = await usePictures(form, answers, person)
          if (Object.keys(wrong).length > 0) throw invalidFields(wrong, req)
          const { before, signup } = await signups
            .save({ slug, form }, { person, openid }, answers)
            .catch(async (error: unknown) => {
              // Who got no place has nothing that its pictures would belong to.
              if (isFull(error)) await releasePictures(form, answers, person)
              throw explained(error)
            })
          await deletePictures(form, before, answers)
          // Whoever was forgotten while this was under way stays so.
          const { user } = req.session
          if ((await members.find(person))?.memberId !== user?.memberId) {
            await signups.withdraw(slug, person)
            throw gone()
          }
          if (before) return signup
          confirmations.send(article, openid, signup)
          res.status(201)
          return signup
        },
      ),
      route(signupContract, 'DELETE /api/articles/:slug/signup', async ({ params: { slug }, req }) => {
        const { form } = await find(slug)
        const person = members.keyOf(userOf(req).openid)
        const { mine } = await signups.state(slug, person)
        await signups.withdraw(slug, person)
        await deletePictures(form, mine)
      }),
    )
    .use('/api/admin/articles/:slug', requireUser({ members }), requireAdmin(env))
    .use(
      route(signupContract, 'GET /api/admin/articles/:slug/signups', async ({ params: { slug } }) => {
        await find(slug)
        return signups.list(slug)
      }),
      route(signupContract, 'GET /api/admin/articles/:slug/signups.csv', async ({ params: { slug }, res }) =>
        sendCsv(res, `${slug}.csv`, signupsToCsv((await find(slug)).form, await signups.list(slug))),
      ),
    )
}

const explained = (error: unknown) => (error instanceof SignupRefused ? refusal(error.code) : error)

const isFull = (error: unknown) => error instanceof SignupRefused && error.code === 'signup_full'

function signupNotFound(): Problem {
  return new Problem({
    status: 404,
    code: 'signup_not_found',
    title: 'Not found',
    detail: 'There is no sign-up at this address.',
  })
}

function invalidFields(mistakes: Record<string, Mistake>, req: Request): Problem {
  const language = prefersChinese(req) ? 'zh' : 'en'
  const errors = Object.fromEntries(
    Object.entries(mistakes).map(([name, mistake]) => [name, explainMistake(mistake, language)]),
  )
  return new Problem({
    status: 400,
    code: 'invalid_fields',
    title: 'Some answers do not fit',
    detail: 'Look at the fields that are named in "errors".',
    errors,
  })
}

function refusal(code: SignupRefused['code']): Problem {
  const full = code === 'signup_full'
  return new Problem({
    status: 409,
    code,
    title: full ? 'No place is left' : 'The sign-up has ended',
    detail: full ? 'Every place is taken. One may become free again.' : 'Nobody can sign up any more.',
  })
}

const gone = (): Problem =>
  new Problem({
    status: 401,
    code: 'login_required',
    title: 'Log in first',
    detail: 'What was kept about you was deleted meanwhile. Log in again, then sign up.',
  })
