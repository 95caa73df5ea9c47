import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/**
 * Tencent's JS-SDK as the CDN serves it: the unmodified text of npm's `weixin-js-sdk` behind a small wrapper that
 * gives it the `module` it was re-packed for and then does what the original's own wrapper does: it registers with a
 * module loader, or else sets `window.wx`.
 */
export function sdkScript(): string {
  const path = createRequire(import.meta.url).resolve('weixin-js-sdk')
  const text = readFileSync(path, 'utf8')
  return (
    '(function (window) {\nvar module = { exports: {} }, exports = module.exports;\n' +
    `${text}\nif (typeof define === 'function' && (define.amd || define.cmd)) define(function () { return module.exports });\n` +
    'else if (!window.jWeixin) window.wx = window.jWeixin = module.exports;\n})(window);\n'
  )
}
