import type { RequestHandler } from 'express'

const MESSAGE = '微信模拟器没有商户号，不能支付 (the WeChat sandbox has no merchants and takes no payments)'

/** `api.mch.weixin.qq.com`: nobody is a merchant here. Refused in the form of each API, so that a site's own handling runs. */
export const refusePay: RequestHandler = (req, res) => {
  if (req.path.startsWith('/v3/')) {
    res.status(403).json({ code: 'NO_AUTH', message: MESSAGE })
    return
  }
  res
    .type('text/xml')
    .send(
      `<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[${MESSAGE}]]></return_msg></xml>`,
    )
}
