import { expect, it } from 'vitest'
import { readCommandLine } from './commandLine.ts'
import { Mistake } from './mistake.ts'

const read = (line: string) => readCommandLine(line.split(' ').filter(Boolean), 'en')
const refused = (line: string): Mistake => {
  try {
    read(line)
  } catch (error) {
    if (error instanceof Mistake) return error
  }
  throw new Error(`"${line}" was taken`)
}

it.each([
  ['http://localhost:8080', 'http://localhost:8080/'],
  ['localhost:8080', 'http://localhost:8080/'],
  ['localhost', 'http://localhost/'],
  ['127.0.0.1:3000/shop?a=1', 'http://127.0.0.1:3000/shop?a=1'],
  ['[::1]:3000', 'http://[::1]:3000/'],
  ['my-site.test:81', 'http://my-site.test:81/'],
  ['https://h5.example.com', 'https://h5.example.com/'],
])('%s is the site %s', (typed, href) => {
  expect(read(typed)).toMatchObject({ wants: 'sandbox', site: new URL(href), port: undefined })
})

it('options stand before or after the site, with a space or with =', () => {
  const wanted = { port: 4000, configFile: 'a.yaml', language: 'zh', phoneLanguage: 'zh' }
  expect(read('--port 4000 localhost:1 --config=a.yaml --lang zh')).toMatchObject(wanted)
})

it('--intercept stands alone, and --ca-folder goes with it', () => {
  expect(read('localhost:1')).toMatchObject({ intercept: false, caFolder: undefined })
  expect(read('localhost:1 --intercept')).toMatchObject({ intercept: true, caFolder: undefined })
  expect(read('--intercept localhost:1 --ca-folder=x')).toMatchObject({ intercept: true, caFolder: 'x' })
})

it('who does not say --lang reads the language of the terminal, and the phone that of the browser', () => {
  const { language, ...rest } = readCommandLine(['localhost:1'], 'zh')
  expect([language, rest]).toMatchObject(['zh', { phoneLanguage: undefined }])
})

it.each([['--help'], ['-h'], ['localhost:1 --help']])('%s asks for help', (line) =>
  expect(read(line)).toMatchObject({ wants: 'help' }),
)
it.each([['--version'], ['-v']])('%s asks for the version', (line) =>
  expect(read(line)).toMatchObject({ wants: 'version' }),
)

it.each([
  ['', 'Which site?'],
  ['nonsense', '"nonsense" is not the address of a site'],
  ['ftp://a', 'not the address of a site'],
  ['http://', 'not the address of a site'],
  ['a:1 b:2', 'One site at a time'],
  ['a:1 --prot 1', 'no option --prot. Did you mean --port?'],
  ['a:1 -p', 'no option -p'],
  ['a:1 --port', '--port needs a value'],
  ['a:1 --port=', '--port needs a value'],
  ['a:1 --port x', '--port takes a number from 0 to 65535, not "x"'],
  ['a:1 --port 65536', 'not "65536"'],
  ['a:1 --lang fr', '--lang takes en or zh, not "fr"'],
  ['a:1 --intercept=yes', '--intercept takes no value'],
  ['a:1 --ca-folder x', '--ca-folder goes with --intercept'],
  ['a:1 --intercept --ca-folder', '--ca-folder needs a value'],
  ['a:1 --help=yes', '--help takes no value'],
])('"%s" is refused in one line that says what to do', (line, words) => {
  const { message, exitCode } = refused(line)
  expect(message).toContain(words)
  expect(message).toMatch(/^[^\n]+--help lists the options\.$/)
  expect(exitCode).toBe(2)
})
