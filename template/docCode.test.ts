// Code in the guides works: it is run here, or it is code of the repository.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const blocksOf = (path: string): string[] =>
  [...read(path).matchAll(/^ *```\w*\n(.*?)^ *```$/gms)].map(([, code = '']) => code)

/** Runs TypeScript where the server lives, so that its packages are found, and gives what it prints. */
function run(code: string): string {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module-typescript', '--eval', code],
    { cwd: join(root, 'apps/server'), encoding: 'utf8', timeout: 20_000 },
  )
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout.trim()
}

it('code stands only in guides with a test of their own, and in this one', () => {
  const withCode = readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md') && blocksOf(`docs/${name}`).length > 0)
    .sort()
  // deploying: packed/guide.test.ts; extending: extending.test.ts
  expect(withCode).toEqual([
    'clients.md',
    'deploying.md',
    'extending.md',
    'pushes.md',
    'sandbox.md',
    'signup-and-shares.md',
    'site.md',
  ])
})

it.each(['docs/clients.md', 'docs/zh-CN/clients.md'])(
  '%s: the mini program is the one of the README of wechat-web',
  (path) => {
    const blocks = blocksOf(path)
    expect(blocks).toHaveLength(1)
    // It is run in packages/wechat-web/src/miniProgram.test.ts.
    expect(blocksOf('packages/wechat-web/README.md')).toContain(blocks[0])
  },
)

it.each(['docs/site.md', 'docs/zh-CN/site.md'])(
  '%s: the file is one that the server takes as it is',
  (path) => {
    const [file = '', ...others] = blocksOf(path)
    expect(others).toEqual([])
    const out = run(`
    const { readSite } = await import('starter-server/siteFile')
    console.log(JSON.stringify(readSite(${file})))`)
    const { police } = JSON.parse(out)
    expect(JSON.parse(out)).toEqual({ ...JSON.parse(file), police })
    expect(police.url).toMatch(/11010102001234$/)
  },
)

it.each(['docs/signup-and-shares.md', 'docs/zh-CN/signup-and-shares.md'])(
  '%s: the front matter is taken, and its message has its fields',
  (path) => {
    const [signup = '', confirm = '', ...others] = blocksOf(path)
    expect(others).toEqual([])
    const head = `title: t\nsummary: s\npublishedAt: 2026-11-01\n${signup}${confirm.replace(/^/gm, '  ').trimEnd()}\n`
    const out = run(`
      const { readFrontMatter } = await import('./src/articles/frontMatter.ts')
      const { fields } = readFrontMatter('a.md', ${JSON.stringify(`---\n${head}---\n`)})
      console.log(fields.signup.fields.length, fields.signup.confirm.kind)`)
    expect(out).toBe('3 template')
  },
)

const [handler = '', inAnotherApp = '', ...more] = blocksOf('docs/pushes.md')

it('docs/pushes.md: has the code that is run here, and no other', () => expect(more).toEqual([]))

it('docs/pushes.md: the handler answers a tap on its menu item, and no other', () => {
  const out = run(`${handler}
    const [{ handle }] = help() as { handle: (push: object) => unknown }[]
    const tap = (eventKey: string) => handle({ kind: 'event.CLICK', eventKey })
    console.log(JSON.stringify([await tap('HELP'), (await tap('OTHER')) ?? null]))`)
  expect(JSON.parse(out)).toEqual([{ msgType: 'text', content: 'Write what you look for.' }, null])
})

it('docs/pushes.md: the listener in another app passes the check of the console', () => {
  const code = inAnotherApp.replace('sqlite:./data/app.db', 'memory:')
  const out = run(`
    const [appId, appSecret, token, encodingAesKey] = ['wx0123456789abcdef', 'secret', 'token123', 'k'.repeat(43)]
    ${code}
    const { serverSignature } = await import('wechat-core')
    const server = app.listen(0, '127.0.0.1')
    await new Promise((done) => server.once('listening', done))
    const [timestamp, nonce] = [String(Math.floor(Date.now() / 1000)), 'n0nce']
    const query = { signature: serverSignature(token, timestamp, nonce), timestamp, nonce, echostr: 'echo' }
    const answer = await fetch(\`http://127.0.0.1:\${server.address().port}/api/wechat?\${new URLSearchParams(query)}\`)
    console.log(await answer.text())
    process.exit()`)
  expect(out).toBe('echo')
})

const [start, example, script, workflow = '', ...others] = blocksOf('docs/sandbox.md')

it('docs/sandbox.md: the example is one of e2e/articles/sandbox.spec.ts', () => {
  expect([start, others]).toEqual(['npx wechat-sandbox http://localhost:8080\n', []])
  expect(read('e2e/articles/sandbox.spec.ts')).toContain(example)
})

it('docs/sandbox.md: the test with curl is one that packed/examples.test.ts finds and runs', () => {
  expect(script).toMatch(/^#!\/bin\/bash\n/)
  expect(read('template/packed/examples.test.ts')).toContain("scriptOf('docs/sandbox.md')")
})

it('docs/sandbox.md: the workflow is YAML, and its shell can be read', () => {
  const out = run(`
    import { parse } from 'yaml'
    console.log(JSON.stringify(parse(${JSON.stringify(workflow)})))`)
  const { jobs } = JSON.parse(out) as { jobs: { wechat: { steps: { uses?: string; run?: string }[] } } }
  const commands = jobs.wechat.steps.flatMap((step) => step.run ?? [])
  expect(commands.join()).toContain('npx wechat-sandbox http://localhost:8080')
  for (const command of [...commands, script]) {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: command, encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
  }
})
