// Through a tunnel anybody may ask Vite for a file. They get what the browser needs, and nothing else.
import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import {
  isFileLoadingAllowed,
  normalizePath,
  type FileSystemServeOptions,
  type Plugin,
  type ResolvedConfig,
} from 'vite'
import { isForServer, isOwnMachine } from './whoAnswers.ts'

// Vite adds what these import. A package's fonts and pictures are named by its styles, which Vite does not follow.
const FOR_THE_BROWSER = [
  'apps/shared/src',
  'apps/web/index.html',
  'apps/web/node_modules/.vite/deps',
  'apps/web/public',
  'apps/web/src',
  'content',
  'node_modules/.pnpm',
  'packages/wechat-web/src',
]
const NEVER = [
  'apps/server',
  'content/articles',
  'data',
  'e2e',
  'packages/starter-tools',
  'packages/starter-server',
  'packages/wechat-core',
  'packages/wechat-sandbox',
  'template',
]
// Wherever they are, also in a folder of the list above.
const NEVER_NAMED = [
  '.env*',
  '*.db',
  '*.db-*',
  '*.{crt,pem,key,p12,pfx,cer,der}',
  '.npmrc',
  'session-secret*',
  '**/.git/**',
]

const MOST_DECODINGS = 3
const LONGEST = 2048 // characters
const NO_PATH = ''

/** Vite's own limits for `root`, the folder of the whole project. */
export function browserFiles(root: string): FileSystemServeOptions {
  return {
    strict: true,
    allow: FOR_THE_BROWSER.map((name) => realOf(join(root, name))),
    deny: [...NEVER_NAMED, ...NEVER.map((name) => `${literally(normalizePath(root))}/${name}/**`)],
  }
}

/**
 * Stands before Vite's own limits, which trust the spelling of a path. Whatever an address may mean, however it is
 * decoded and wherever a link leads, has to be within the limits. Tools, like the one that starts an editor, are for
 * people at this machine.
 */
export function onlyBrowserFiles(): Plugin {
  return {
    name: 'only-browser-files',
    apply: 'serve',
    configureServer({ config, middlewares }) {
      middlewares.use((req, res, next) => {
        const url = req.url ?? ''
        if (isForServer(url)) return next()
        const verdicts = readings(url).map((path) => judge(path, config))
        const outside = verdicts.includes('outside')
        if (!outside && (!verdicts.includes('unknown') || isOwnMachine(req))) return next()
        res.writeHead(outside ? 403 : 404, { 'content-type': 'text/plain; charset=utf-8' })
        res.end(
          'Nothing for a browser is here. What there is, packages/starter-tools/src/vite/browserFiles.ts says.\n',
        )
      })
    },
  }
}

/** All that a path may be read as, from the way it was sent to what is left when nothing can be decoded any more. */
function readings(url: string, more = MOST_DECODINGS): string[] {
  const path = url.replace(/[?#].*$/s, '')
  try {
    const decoded = decodeURIComponent(path)
    if (decoded === path) return [path]
    return [path, decoded, ...(more > 0 ? readings(decoded, more - 1) : [NO_PATH])]
  } catch {
    return [path] // a % that stands for itself
  }
}

type Verdict = 'browser' | 'outside' | 'unknown'

/** `browser`: within the limits. `outside`: beyond them. `unknown`: no file at all; a tool of Vite's, or nothing. */
function judge(path: string, config: ResolvedConfig): Verdict {
  if (!path.startsWith('/') || path.length > LONGEST || /\\|\0|\/\/|\/\.\.?(\/|$)/.test(path))
    return 'outside'
  if (path.startsWith('/@vite/')) return 'browser'
  if (path.startsWith('/@id/')) return judgeModule(path.slice('/@id/'.length), config)
  const files = filesOf(path.replace(/\.map$/, ''), config)
  if (files.length > 0) return files.every((file) => isAllowed(file, config)) ? 'browser' : 'outside'
  // A name without its extension, or a file that Vite is about to make.
  return isAllowed(join(config.root, path), config) ? 'browser' : 'unknown'
}

// A module without a file: a plugin made it. Every other one has an address of its own.
function judgeModule(id: string, config: ResolvedConfig): Verdict {
  const [, rest] = /^(?:__x00__)?(?!file:)[\w-]+:(.*)$/s.exec(id) ?? []
  if (rest === undefined) return 'outside'
  return rest.startsWith('/') && !isAllowed(rest, config) ? 'outside' : 'browser'
}

/** The files that a path may name. */
function filesOf(path: string, { root, publicDir }: ResolvedConfig): string[] {
  if (path.startsWith('/@fs/')) return [path.slice('/@fs'.length).replace(/^\/(?=[a-z]:)/i, '')]
  const ofSite = [join(publicDir, path), join(root, path)].filter((file) => existsSync(file))
  // Where the site has no such file, Vite takes the path for one of the whole machine.
  return ofSite.length > 0 || !existsSync(path) ? ofSite : [path]
}

function isAllowed(file: string, config: ResolvedConfig): boolean {
  return (
    isFileLoadingAllowed(config, normalizePath(file)) &&
    isFileLoadingAllowed(config, normalizePath(realOf(file)))
  )
}

/** Where a path leads once all links are followed; of what does not exist, where it would be. */
function realOf(path: string): string {
  if (existsSync(path) || dirname(path) === path) return existsSync(path) ? realpathSync(path) : path
  return join(realOf(dirname(path)), basename(path))
}

/** For a pattern: what stands in a folder's name is no sign of one. */
const literally = (text: string): string => text.replace(/[\\$^*+?()[\]{}|!@]/g, '\\$&')
