import express, { type RequestHandler, type Router } from 'express'
import { avatarSvg } from './account.ts'
import { articleRoutes } from './articles/articleRoutes.ts'
import { credentialApis } from './credentials/credentialApis.ts'
import { datacubeApis } from './datacube/datacubeApis.ts'
import { recordApis } from './customservice/recordApis.ts'
import { sessionApis } from './customservice/sessionApis.ts'
import { staffApis } from './customservice/staffApis.ts'
import { draftApis } from './drafts/draftApis.ts'
import { massApis } from './mass/massApis.ts'
import { materialApis } from './material/materialApis.ts'
import { mediaApis } from './media/mediaApis.ts'
import { menuApis } from './menu/menuApis.ts'
import { messageApis } from './messages/messageApis.ts'
import { networkApis } from './network/networkApis.ts'
import { qrCodeApis } from './qrcodes/qrCodeApis.ts'
import { qrCodeRoutes, SHOW_QRCODE } from './qrcodes/qrCodeRoutes.ts'
import { publishApis } from './publishing/publishApis.ts'
import { quotaApis } from './quota/quotaApis.ts'
import { apiRouter } from './api/router.ts'
import { shortenApis } from './shorten/shortenApis.ts'
import { groupApis } from './tags/groupApis.ts'
import { tagApis } from './tags/tagApis.ts'
import { snsApis } from './oauth/snsApis.ts'
import { noticeAdminApis } from './templates/noticeAdminApis.ts'
import { templateAdminApis } from './templates/templateAdminApis.ts'
import { templateApis } from './messages/templateApis.ts'
import { userApis } from './users/userApis.ts'
import { authorizeRoutes } from './oauth/authorizeRoutes.ts'
import { QR_CONNECT, qrConnectRoutes } from './oauth/qrConnectRoutes.ts'
import type { Platform } from './platform.ts'
import { SDK_VERSIONS, sdkPaths, sdkScript } from './jssdk/sdkScript.ts'

export { ENTRY_COOKIE, PERSON_COOKIE } from './oauth/visitor.ts'

const APIS = [
  credentialApis,
  snsApis,
  userApis,
  tagApis,
  groupApis,
  qrCodeApis,
  shortenApis,
  messageApis,
  templateApis,
  templateAdminApis,
  noticeAdminApis,
  menuApis,
  mediaApis,
  materialApis,
  draftApis,
  publishApis,
  massApis,
  staffApis,
  sessionApis,
  recordApis,
  quotaApis,
  networkApis,
  datacubeApis,
]

const LOGIN = ['/connect/oauth2/authorize', '/connect/oauth2/consent']
const SCRIPTS = SDK_VERSIONS.flatMap(sdkPaths)

/** The platform's hosts in one router: `api.weixin.qq.com`, `open.weixin.qq.com` and `res.wx.qq.com`. */
export function platformRoutes(platform: Platform): Router {
  return express.Router().use(pageRoutes(platform), apiRoutes(platform))
}

/** What the browser of whoever visits the site asks WeChat for: script, login, pictures. Nothing here is secret. */
export function pageRoutes(platform: Platform): Router {
  const router = express.Router({ caseSensitive: true })
  router.all([...LOGIN, ...QR_CONNECT, ...SCRIPTS, '/sdk/report', SHOW_QRCODE], ...observers(platform))
  router.use(authorizeRoutes(platform))
  router.use(qrConnectRoutes(platform))
  router.use(qrCodeRoutes(platform))
  for (const version of SDK_VERSIONS)
    router.get(sdkPaths(version), (_req, res) => {
      res.type('text/javascript').set('cache-control', 'public, max-age=3600').send(sdkScript(version))
    })
  // Where Tencent's script reports each wx.config; a picture, never read.
  router.get('/sdk/report', (_req, res) => void res.status(204).end())
  router.get('/avatars/:name.svg', (req, res, next) => {
    const at = platform.people.findIndex(({ id }) => id === req.params['name'])
    const person = platform.people[at]
    if (!person) return next()
    res.type('image/svg+xml').send(avatarSvg(person, at))
  })
  router.use(articleRoutes(platform))
  // Nobody guesses the id of a file.
  router.get('/media/:id', (req, res, next) => {
    const file = platform.fileOf(req.params['id'] ?? '')
    if (!file) return next()
    res.type(file.contentType).send(file.bytes)
  })
  return router
}

/** What the site's server asks WeChat for, with the account's credentials. */
export function apiRoutes(platform: Platform): Router {
  const endpoints = APIS.flatMap((apis) => apis(platform))
  return express
    .Router()
    .use(...observers(platform))
    .use(apiRouter(platform, endpoints))
}

function observers(platform: Platform): RequestHandler[] {
  const count: RequestHandler = (req, _res, next) => {
    platform.requests.set(req.path, (platform.requests.get(req.path) ?? 0) + 1)
    next()
  }
  return [count, platform.calls.handler(platform.now), platform.faults.handler(platform.now)]
}
