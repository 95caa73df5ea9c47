import { Router, type Request } from 'express'
import type { Env } from '../../env.ts'
import { route } from 'starter-server/endpoint'
import { prefersChinese, Problem } from 'starter-server/problem'
import { requireAdmin } from '../../login/admins.ts'
import type { Members } from 'wechat-core/login'
import { findUser, requireUser, userOf } from '../../login/user.ts'
import type { Articles } from '../articles.ts'
import type { Article } from '../contract.ts'
import { forgottenMeanwhile } from '../forgottenMeanwhile.ts'
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
import { createSignupPictures } from './signupPictures.ts'
import { hasEnded, SignupRefused, type Person, type Signup, type Signups } from './signups.ts'

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
  const { env, members, articles, signups, confirmations, now } = parts
  const pictures = createSignupPictures(parts)

  async function find(slug: string): Promise<{ article: Article; form: SignupForm }> {
    const article = await articles.find(slug)
    if (!article?.signup) throw signupNotFound()
    return { article, form: article.signup }
  }

  async function keep(
    article: { slug: string; form: SignupForm },
    who: Person,
    answers: SignupAnswers,
    req: Request,
  ): Promise<{ before: Signup | undefined; signup: Signup }> {
    const { person } = who
    try {
      const wrong = await pictures.use(article.form, answers, person)
      if (Object.keys(wrong).length > 0) throw invalidFields(wrong, req)
      const kept = await signups.save(article, who, answers)
      // Whoever was forgotten while this was under way stays so.
      if (await findUser(req, members)) return kept
      await signups.withdraw(article.slug, person)
      throw forgottenMeanwhile('sign up')
    } catch (error) {
      await pictures.release(article.form, answers, person)
      throw explained(error)
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
          const { before, signup } = await keep({ slug, form }, { person, openid }, answers, req)
          await pictures.deleteUnnamed(form, before?.fields, person)
          if (before) return signup
          confirmations.send(article, openid, signup)
          res.status(201)
          return signup
        },
      ),
      route(signupContract, 'DELETE /api/articles/:slug/signup', async ({ params: { slug }, req }) => {
        const { form } = await find(slug)
        const person = members.keyOf(userOf(req).openid)
        const before = await signups.withdraw(slug, person)
        await pictures.deleteUnnamed(form, before?.fields, person)
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
