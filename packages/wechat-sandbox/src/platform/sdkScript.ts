import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/**
 * Tencent's JS-SDK as the CDN serves it: the unmodified text of npm's `weixin-js-sdk` behind a small wrapper that
 * gives it the `module` it was re-packed for and then sets `window.wx`, as the original's own wrapper does.
 */
export function sdkScript(): string {
  const path = createRequire(import.meta.url).resolve('weixin-js-sdk')
  const text = readFileSync(path, 'utf8')
  return (
    '(function (window) {\nvar module = { exports: {} }, exports = module.exports;\n' +
    `${text}\nif (!window.jWeixin) window.wx = window.jWeixin = module.exports;\n})(window);\n`
  )
}
