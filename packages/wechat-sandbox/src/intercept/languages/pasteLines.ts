import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { TrustFiles } from './trustFiles.ts'
import { sourceFile } from '../../sourceFile.ts'

/** The lines by which programs in a language find the proxy and trust it. */
export interface LanguageLines {
  language: string
  /** `NAME=value`, each quoted for a shell where it needs to be. */
  lines: string[]
}

/** What to start a site with, for each language. All of them together do no harm to any. */
export function pasteLines(proxy: string, files: TrustFiles): LanguageLines[] {
  const { hostname, port } = new URL(proxy)
  // The site itself, and what stands on the same desk, is asked without the proxy.
  const throughProxy = { HTTPS_PROXY: proxy, NO_PROXY: 'localhost,127.0.0.1,::1' }
  const javaOptions = {
    'https.proxyHost': hostname,
    'https.proxyPort': port,
    'javax.net.ssl.trustStore': files.javaStore,
  }
  const variables = {
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
  return Object.entries(variables).map(([language, values]) => ({
    language,
    lines: Object.entries(values).map(([name, value]) => `${name}=${quoted(value)}`),
  }))
}

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
