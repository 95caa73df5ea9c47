import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { TrustFiles } from './trustFiles.ts'
import { sourceFile } from '../../sourceFile.ts'

/** The variables by which programs of each language find the proxy and trust it. All of them together harm none. */
export type LanguageVariables = Record<Language, Record<string, string>>

export type Language = 'Node.js' | 'Python' | 'PHP' | 'Go' | 'Java' | 'curl'

/** What to start a site with, for each language. */
export function languageVariables(proxy: string, files: TrustFiles): LanguageVariables {
  const { hostname, port } = new URL(proxy)
  // The site itself, and what stands on the same desk, is asked without the proxy.
  const throughProxy = { HTTPS_PROXY: proxy, NO_PROXY: 'localhost,127.0.0.1,::1' }
  const javaOptions = {
    'https.proxyHost': hostname,
    'https.proxyPort': port,
    'javax.net.ssl.trustStore': files.javaStore,
  }
  return {
    'Node.js': {
      NODE_EXTRA_CA_CERTS: files.certificate,
      NODE_OPTIONS: `--require=${inNodeOptions(leadNode())}`,
      WECHAT_SANDBOX_PROXY: proxy,
    },
    Python: { ...throughProxy, REQUESTS_CA_BUNDLE: files.bundle, SSL_CERT_FILE: files.bundle },
    PHP: { ...throughProxy, PHP_INI_SCAN_DIR: `${PATH_SEPARATOR}${files.phpFolder}` },
    Go: { ...throughProxy, SSL_CERT_FILE: files.bundle },
    Java: {
      JAVA_TOOL_OPTIONS: Object.entries(javaOptions)
        .map(([name, value]) => `-D${name}=${/\s/.test(value) ? `"${value}"` : value}`)
        .join(' '),
    },
    curl: { ...throughProxy, CURL_CA_BUNDLE: files.bundle },
  }
}

/** Variables as lines for a shell. */
export const linesOf = (variables: Record<string, string>): string[] =>
  Object.entries(variables).map(([name, value]) => `${name}=${quoted(value)}`)

// In front of a list it stands for the folder that PHP looks into anyway.
const PATH_SEPARATOR = process.platform === 'win32' ? ';' : ':'

/** The program that runs before a site's own: compiled in the package, else as it is (Node 24). */
export function leadNode(): string {
  const compiled = fileURLToPath(sourceFile('./intercept/languages/leadNode.cjs'))
  return existsSync(compiled) ? compiled : fileURLToPath(sourceFile('./intercept/languages/leadNode.cts'))
}

const inNodeOptions = (path: string): string =>
  /[\s"\\]/.test(path) ? `"${path.replace(/["\\]/g, '\\$&')}"` : path

const quoted = (value: string): string =>
  /^[\w@%+=:,./-]*$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`
