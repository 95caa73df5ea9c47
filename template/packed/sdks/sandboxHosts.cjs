// Loaded before an SDK: what it sends to WeChat's hosts goes to the sandbox, as with `wechat-sandbox --intercept`. The SDK
// itself is as npm gives it.
const http = require('node:http')
const https = require('node:https')

const sandbox = new URL(process.env.SANDBOX_URL)
const WECHAT = /^((sh\.|sz\.|hk\.|file\.)?api2?|open|mp|res)\.weixin\.qq\.com$/
const original = { http: http.request, https: https.request }

for (const [name, module] of Object.entries({ http, https })) {
  module.request = (...args) => {
    const [first, second] = args
    const callback = args.find((one) => typeof one === 'function')
    const address = typeof first === 'string' || first instanceof URL ? new URL(first) : undefined
    const options = { ...(address ? urlOptions(address) : {}), ...(address ? objectOf(second) : first) }
    const host = options.hostname ?? options.host ?? ''
    if (!WECHAT.test(host)) return original[name](...args)
    const { agent, agents, servername, ...rest } = options
    void [agent, agents, servername]
    return original.http({ ...rest, protocol: 'http:', hostname: sandbox.hostname, host: sandbox.hostname, port: sandbox.port }, callback)
  }
  module.get = (...args) => {
    const request = module.request(...args)
    request.end()
    return request
  }
}

const objectOf = (value) => (typeof value === 'object' && value !== null ? value : {})

function urlOptions({ protocol, hostname, port, pathname, search }) {
  return { protocol, hostname, port, path: `${pathname}${search}` }
}
