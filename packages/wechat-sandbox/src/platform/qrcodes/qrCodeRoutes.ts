import express, { type Router } from 'express'
import type { Platform } from '../platform.ts'
import { qrPicture } from './qrPicture.ts'

export const SHOW_QRCODE = '/cgi-bin/showqrcode'

/** `mp.weixin.qq.com`, as far as browsers ask it for the picture of a QR code. No token: the ticket is enough. */
export function qrCodeRoutes({ qrCodes }: Platform): Router {
  const router = express.Router()
  router.get(SHOW_QRCODE, (req, res) => {
    const { ticket } = req.query
    const code = typeof ticket === 'string' ? qrCodes.find(ticket) : undefined
    // 通过ticket换取二维码: a wrong ticket is 404.
    if (!code) return void res.status(404).end()
    res.type('png').send(qrPicture(code.url))
  })
  return router
}
