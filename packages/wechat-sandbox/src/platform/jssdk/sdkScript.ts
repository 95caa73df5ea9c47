import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Where Tencent's own text of a version is kept: a package of npm, by the name that this package has for it. */
type Holder = 'jweixin-1.0' | 'jweixin-1.2' | 'jweixin-1.3' | 'jweixin-1.4' | 'weixin-js-sdk'

/**
 * The versions that Tencent has published, and who holds the script that is served for each. Nobody keeps 1.1.0, 1.3.0
 * and 1.5.0 on npm: for them the next later one is served, which can do everything that they can.
 */
const HOLDERS = {
  '1.0.0': 'jweixin-1.0',
  '1.1.0': 'jweixin-1.2',
  '1.2.0': 'jweixin-1.2',
  '1.3.0': 'jweixin-1.3',
  '1.3.2': 'jweixin-1.3',
  '1.4.0': 'jweixin-1.4',
  '1.5.0': 'weixin-js-sdk',
  '1.6.0': 'weixin-js-sdk',
} as const satisfies Record<string, Holder>

export type SdkVersion = keyof typeof HOLDERS

export const SDK_VERSIONS = Object.keys(HOLDERS) as SdkVersion[]

/** The paths of `res.wx.qq.com` at which a version is published. */
export const sdkPaths = (version: SdkVersion): string[] => [
  `/open/js/jweixin-${version}.js`,
  `/open/js/jweixin-${version}.min.js`,
]

/**
 * Tencent's JS-SDK as the CDN serves it, unmodified. The older packages hold the file itself; the newest holds its text
 * re-packed for npm, so a small wrapper gives it the `module` that it wants and then does what the original's own
 * wrapper does: it registers with a module loader, or else sets `window.wx`.
 */
export function sdkScript(version: SdkVersion = '1.6.0'): string {
  const holder = HOLDERS[version]
  const path = createRequire(import.meta.url).resolve(holder)
  if (holder !== 'weixin-js-sdk')
    return readFileSync(join(dirname(path), 'index.original.js'), 'utf8').replace(/^\/\/ from http.*\n/, '')
  return (
    '(function (window) {\nvar module = { exports: {} }, exports = module.exports;\n' +
    `${readFileSync(path, 'utf8')}\nif (typeof define === 'function' && (define.amd || define.cmd)) define(function () { return module.exports });\n` +
    'else if (!window.jWeixin) window.wx = window.jWeixin = module.exports;\n})(window);\n'
  )
}
