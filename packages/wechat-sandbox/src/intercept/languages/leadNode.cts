// Runs before a site's own program, by NODE_OPTIONS: TLS to WeChat's hosts goes to the sandbox. It works below every
// client (fetch, https, axios, got, undici, urllib), on every Node.js that is still met, and leaves all other hosts as
// they are. It is CommonJS of an old kind, and needs nothing beside itself.
/* eslint-disable @typescript-eslint/no-require-imports -- Node.js loads it before it knows of modules */
'use strict'

;(function () {
  const address = /^http:\/\/(127\.0\.0\.1):(\d+)\/?$/.exec(process.env['WECHAT_SANDBOX_PROXY'] || '')
  if (!address) return
  const HOSTS = /^((api2?|file\.api|(sh|sz|hk)\.api|open|mp|api\.mch)\.weixin\.qq\.com|res2?\.wx\.qq\.com)$/i
  const tls = require('tls') as { connect: (...args: unknown[]) => unknown }
  const connect = tls.connect

  type Options = Record<string, unknown>
  const isObject = (value: unknown): value is Options => typeof value === 'object' && value !== null

  // tls.connect(options), (port, host, options) or (port, options), each with a callback at its end.
  tls.connect = function (this: unknown, ...args: unknown[]) {
    const given: Options = {}
    let done: unknown
    for (const one of args) {
      if (isObject(one)) Object.assign(given, one)
      else if (typeof one === 'function') done = one
      else if (typeof one === 'number' || /^\d+$/.test(String(one))) given['port'] = one
      else if (typeof one === 'string') given['host'] = one
    }
    const host = String(given['host'] || given['hostname'] || '')
    // A socket that is there already leads where its owner wants it to: through a proxy, say.
    const isLed = HOSTS.test(host) && Number(given['port']) === 443 && !given['socket'] && !given['path']
    if (!isLed) return connect.apply(this, args)
    const led = Object.assign({ servername: host }, given, { host: address[1], port: Number(address[2]) })
    delete (led as Options)['hostname']
    delete (led as Options)['lookup']
    return done ? connect.call(this, led, done) : connect.call(this, led)
  }
  // For who has the function by name: import { connect } from 'node:tls'.
  const { syncBuiltinESMExports } = require('module') as { syncBuiltinESMExports?: () => void }
  if (syncBuiltinESMExports) syncBuiltinESMExports()
})()
