// The first file of a release: `node server.js`, from any folder; `node server.js backup` and the like are commands. Every Node.js
// can read it, old ones too, so that they can say what is wrong; all else is loaded after that.
const OLDEST = [22, 13]

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  console.error(`This needs Node.js ${OLDEST.join('.')} or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

process.env.NODE_ENV = 'production'
namePlacesInTraces()
readSettings()
hideWarning(/SQLite is an experimental feature/)
await import(process.argv.length > 2 ? './server/command.js' : './server/main.js')
keepHeapSmall()

// Left alone, V8 lets garbage grow to 330 MB before it looks for it, where 20 MB are in use. Flags on the command line would do
// the same, where somebody thinks of them. Only now: what a start makes is kept, and looking through it costs time. See docs/decisions/0019.
function keepHeapSmall() {
  const v8 = process.getBuiltinModule('node:v8')
  for (const flag of ['--semi-space-growth-factor=1', '--heap-growing-percent=50', '--expose-gc'])
    v8.setFlagsFromString(flag)
  // How much may be added is measured from what the last collection has left: so there is a first one, after the start.
  const collect = process.getBuiltinModule('node:vm').runInNewContext('gc')
  setTimeout(collect, 2000).unref()
}

// As --enable-source-maps does, which reads the maps, megabytes of them, at every start: here the first trace reads them.
function namePlacesInTraces() {
  const { SourceMap } = process.getBuiltinModule('node:module')
  const { readFileSync } = process.getBuiltinModule('node:fs')
  const maps = new Map()
  const mapOf = (file) => {
    const map = maps.get(file) ?? readMap(file)
    maps.set(file, map)
    return map
  }
  const readMap = (file) => {
    try {
      return new SourceMap(JSON.parse(readFileSync(new URL(`${file}.map`), 'utf8')))
    } catch {
      return { findEntry: () => ({}) } // what has none keeps its own places
    }
  }
  const place = (whole, file, line, column) => {
    const { originalSource, originalLine, originalColumn } = mapOf(file).findEntry(line - 1, column - 1)
    if (originalSource === undefined) return whole
    return `${new URL(originalSource, file).href}:${originalLine + 1}:${originalColumn + 1}`
  }
  Error.prepareStackTrace = (error, frames) => {
    const lines = frames.map((frame) => `\n    at ${frame}`.replace(/(file:\S+?\.js):(\d+):(\d+)/, place))
    return Error.prototype.toString.call(error) + lines.join('')
  }
}

// From the folder that it is started in, as is all that a setting names by a relative path. What is set already stays.
function readSettings() {
  try {
    process.loadEnvFile('.env')
  } catch (error) {
    if (error.code === 'ENOENT') return
    console.error(`\n.env cannot be read: ${error.message}\n`)
    process.exit(1)
  }
}

// Node.js 22 says so of what has its final form in 24, and nothing here depends on what has changed.
function hideWarning(words) {
  const { emitWarning } = process
  process.emitWarning = (warning, ...rest) => {
    if (!words.test(String(warning))) emitWarning.call(process, warning, ...rest)
  }
}
