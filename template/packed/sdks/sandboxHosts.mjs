// Loaded before an SDK: what it sends to WeChat's hosts goes to the sandbox, as with `wechat-sandbox --intercept`. The SDK
// itself is as npm gives it.
import http from 'node:http'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'

const sandbox = new URL(process.env.SANDBOX_URL)
const WECHAT = /^((sh\.|sz\.|hk\.|file\.)?api2?|open|mp|res)\.weixin\.qq\.com$/
const asked = []
const original = { http: http.request, https: https.request }

for (const [name, module] of Object.entries({ http, https })) {
  module.request = (...args) => {
    const [first, second] = args
    const callback = args.find((one) => typeof one === 'function')
    const address = typeof first === 'string' || first instanceof URL ? new URL(first) : undefined
    const options = { ...(address ? urlOptions(address) : {}), ...(address ? objectOf(second) : first) }
    const host = options.hostname ?? options.host ?? ''
    if (!WECHAT.test(host)) return original[name](...args)
    asked.push(String(options.path).split('?')[0])
    const { hostname, port } = sandbox
    // An agent for https would encrypt.
    const there = { ...options, protocol: 'http:', hostname, host: hostname, port, agent: undefined }
    return original.http(there, callback)
  }
  module.get = (...args) => {
    const request = module.request(...args)
    request.end()
    return request
  }
}

syncBuiltinESMExports()

/** The paths that WeChat was asked for since this was last called. */
export const takePaths = () => asked.splice(0)

const objectOf = (value) => (typeof value === 'object' && value !== null ? value : {})

function urlOptions({ protocol, hostname, port, pathname, search }) {
  return { protocol, hostname, port, path: `${pathname}${search}` }
}
