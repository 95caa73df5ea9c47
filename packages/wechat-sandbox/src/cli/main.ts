#!/usr/bin/env node
// wechat-sandbox SITE: WeChat on this machine, in front of any site.
import { readFileSync } from 'node:fs'
import { readCommandLine } from './commandLine.ts'
import type { Config } from './configFile.ts'
import { Mistake } from './mistake.ts'
import { UnsafeFolder } from '../intercept/authority/unsafeFolder.ts'
import { freePortFrom, problemWith } from './ports.ts'
import { linesOf } from '../intercept/languages/languageVariables.ts'
import type { RunningIntercept } from '../intercept/startIntercept.ts'
import { findBrowser } from '../phone/headless.ts'
import { sourceFile } from '../sourceFile.ts'
import { startSandbox, type RunningSandbox, type SandboxOptions } from './startSandbox.ts'
import { CLI_WORDS, type CliWords, type Language } from './words.ts'

const DEFAULT_PORT = 5180

try {
  await run()
} catch (error) {
  if (!(error instanceof Mistake)) throw error
  console.error(error.message)
  process.exitCode = error.exitCode
}

async function run(): Promise<void> {
  const command = readCommandLine(process.argv.slice(2), languageOfTerminal())
  const words = CLI_WORDS[command.language]
  if (command.wants !== 'sandbox') return console.log(command.wants === 'help' ? words.help : version())

  const { site, configFile, phoneLanguage, caFolder } = command
  const config = configFile === undefined ? {} : await configOf(configFile, command.language)
  const port = await portOf(command.port, words)
  const browser = findBrowser(process.env)
  const intercept = command.intercept ? { folder: caFolder } : undefined
  const sandbox = await started({ site, port, config, language: phoneLanguage, intercept, browser }, words)
  // Before anything is printed: whoever reads that it is ready may end it at once.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)))
  const lines = [
    words.title(version(), site.href),
    '',
    words.open(sandbox.address),
    '',
    words.forTheSite,
    ...linesOf(sandbox.values),
    ...(sandbox.intercept ? ['', ...aboutIntercept(sandbox.intercept, words)] : []),
  ]
  console.log(`${lines.join('\n')}\n\n${words.stop}`)
}

async function started(options: SandboxOptions, words: CliWords): Promise<RunningSandbox> {
  try {
    return await startSandbox(options)
  } catch (error) {
    if (!(error instanceof UnsafeFolder)) throw error
    throw new Mistake(words.unsafeFolder(error.folder, error.reason), 1)
  }
}

function aboutIntercept({ proxy, authority, languages }: RunningIntercept, words: CliWords): string[] {
  const { file, until, madeBecause } = authority
  const isLeaked = madeBecause === 'others could read its key'
  return [
    words.intercepts(proxy),
    words.authority(file, until.toISOString().slice(0, 10)),
    ...(isLeaked ? [words.leakedAuthority] : madeBecause ? [words.newAuthority] : []),
    words.pasteForLanguage,
    ...Object.entries(languages).flatMap(([language, values]) => ['', `# ${language}`, ...linesOf(values)]),
  ]
}

async function configOf(file: string, language: Language): Promise<Config> {
  // Most people have no such file, and YAML takes a while to load.
  const { readConfig } = await import('./configFile.ts')
  return readConfig(textOf(file, CLI_WORDS[language]), file, language)
}

function textOf(file: string, words: CliWords): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException
    throw new Mistake(words.noSuchFile(file, code))
  }
}

async function portOf(given: number | undefined, words: CliWords): Promise<number> {
  if (given === undefined || given === 0) return freePortFrom(given ?? DEFAULT_PORT)
  const problem = await problemWith(given)
  if (problem === undefined) return given
  const next = await freePortFrom(Math.max(given + 1, 1024))
  throw new Mistake(problem === 'EACCES' ? words.blockedPort(given, next) : words.portInUse(given, next), 1)
}

function version(): string {
  const { version } = JSON.parse(readFileSync(sourceFile('../package.json'), 'utf8')) as {
    version: string
  }
  return version
}

function languageOfTerminal(): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env
  return /^zh/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'zh' : 'en'
}
