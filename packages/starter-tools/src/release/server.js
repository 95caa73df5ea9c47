// The first file of a release: `node server.js`, from any folder; `node server.js backup` and the like are commands. Every Node.js can read it, old ones too, so that they
// can say what is wrong; all else is loaded after that.
const OLDEST = [22, 13]

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  console.error(`This needs Node.js ${OLDEST.join('.')} or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

process.env.NODE_ENV = 'production'
process.setSourceMapsEnabled(true)
readSettings()
hideWarning(/SQLite is an experimental feature/)
await import(process.argv.length > 2 ? './server/command.js' : './server/main.js')

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
