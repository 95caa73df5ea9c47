import express, { Router, type Request, type RequestHandler, type Response } from 'express'
import type { Store, Wechat } from 'wechat-core'
import { downloadMedia } from 'wechat-core/api'
import type { Env } from '../../env.ts'
import { countHit } from 'starter-server/countHit'
import { route } from 'starter-server/endpoint'
import { limitRequests } from 'starter-server/limits'
import { prefersChinese, Problem } from 'starter-server/problem'
import { sameOrigin } from 'starter-server/sameOrigin'
import { isAdmin } from '../../login/admins.ts'
import type { Members } from 'wechat-core/login'
import { findUser, requireUser, userOf } from '../../login/user.ts'
import { forgottenMeanwhile } from '../forgottenMeanwhile.ts'
import { picturesContract } from './contract.ts'
import { LARGEST_FILE, PictureRefused } from './picture.ts'
import { readPicture } from './readPicture.ts'
import { TooManyPictures, type Pictures } from './pictures.ts'

/** How many pictures a person may have fetched from WeChat in an hour. */
const MOST_ASKED = 100
const HOUR = 3_600_000 // milliseconds

export interface PictureParts {
  env: Env
  members: Members
  pictures: Pictures
  store: Store
  wechat: Wechat
}

/**
 * Takes the file of a picture, where a page is outside of WeChat. Stands above `changes`, which takes JSON alone.
 *
 * @param withSession reads the session of a request
 */
export function pictureUpload(parts: PictureParts, withSession: RequestHandler): Router {
  const { env, members, store } = parts
  const read = express.raw({ type: () => true, limit: LARGEST_FILE, inflate: false })
  return Router().post(
    '/api/pictures',
    sameOrigin(env),
    limitRequests({ store, name: 'pictures' }),
    refuseTooLarge,
    withSession,
    requireUser({ members }),
    read,
    async (req: Request, res: Response) => {
      const body: unknown = req.body
      const file = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
      const id = await kept(parts, req, file)
      res.set('cache-control', 'no-store').json({ id })
    },
  )
}

/** Fetches what `wx.uploadImage` has given to WeChat, and shows pictures to whose they are. */
export function pictureRoutes(parts: PictureParts): Router {
  const { env, members, pictures, store, wechat } = parts
  return Router()
    .use('/api/pictures', requireUser({ members }))
    .use(
      route(picturesContract, 'POST /api/pictures/wechat', async ({ body, req }) => {
        // Each asks WeChat, also for what is not there: the account's calls of a day are for everybody.
        const key = `pictures:asked:${members.keyOf(userOf(req).openid)}`
        if ((await countHit(store, key, HOUR)) > MOST_ASKED) throw askedTooMuch()
        const media = await downloadMedia(wechat, body.serverId)
        if (!('bytes' in media)) throw refused(new PictureRefused('no_picture'), req)
        return { id: await kept(parts, req, media.bytes) }
      }),
    )
    .get('/api/pictures/:id', async (req, res) => {
      const { openid } = userOf(req)
      const id = /^[\w-]{24}$/.exec(req.params.id)?.[0]
      const picture = id && (await pictures.find(id))
      // Somebody else's looks as one that is not there.
      if (!picture || (picture.person !== members.keyOf(openid) && !isAdmin(env, openid)))
        throw pictureNotFound()
      res
        .type(picture.type)
        .set('cache-control', 'private, max-age=86400, immutable')
        .set('content-security-policy', "default-src 'none'; sandbox")
        .send(Buffer.from(picture.bytes))
    })
}

async function kept({ members, pictures }: PictureParts, req: Request, file: Uint8Array): Promise<string> {
  const person = members.keyOf(userOf(req).openid)
  try {
    await pictures.sweep()
    const id = await pictures.add(person, readPicture(file))
    // Whoever was forgotten while this was under way stays so: a file may be sent slowly.
    if (await findUser(req, members)) return id
    await pictures.delete(id, person)
  } catch (error) {
    if (error instanceof PictureRefused) throw refused(error, req)
    if (error instanceof TooManyPictures) throw tooMany()
    throw error
  }
  throw forgottenMeanwhile('upload')
}

// The reader would say so only once it has read to the end of what it does not take.
const refuseTooLarge: RequestHandler = (req, _res, next) =>
  next(
    Number(req.get('content-length') ?? 0) > LARGEST_FILE
      ? refused(new PictureRefused('picture_too_large'), req)
      : undefined,
  )

function refused(error: PictureRefused, req: Request): Problem {
  const { code } = error
  return new Problem({
    status: code === 'picture_too_large' ? 413 : 400,
    code,
    title: 'The picture is not taken',
    detail: error.explain(prefersChinese(req) ? 'zh' : 'en'),
  })
}

function tooMany(): Problem {
  return new Problem({
    status: 409,
    code: 'too_many_pictures',
    title: 'Too many pictures',
    detail: 'Use the pictures that were uploaded, or wait a day.',
  })
}

const askedTooMuch = (): Problem =>
  new Problem({
    status: 429,
    code: 'too_many_requests',
    title: 'Too many pictures',
    detail: 'Too many pictures were fetched from WeChat for you. Wait an hour.',
  })

const pictureNotFound = (): Problem =>
  new Problem({
    status: 404,
    code: 'picture_not_found',
    title: 'Not found',
    detail: 'There is no such picture.',
  })
