// No save is missed, whenever and however a file is saved. DEV_SAVES=100 saves a broken and a mended file 100 times.
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from 'wechat-core/testing'
import { expect, it, onTestFinished } from 'vitest'
import type { ServerState } from '../vite/serverState.ts'
import { watchedServer } from './watchedServer.ts'

const SAVES = Number(process.env['DEV_SAVES'] ?? 4)
const patient = { timeout: 10_000, interval: 20 }

// Like the project's own it takes a moment to end.
const MAIN = `
import { createServer } from 'node:http'
import { text } from '../../packages/text/src/text.ts'
createServer((req, res) => res.end(text)).listen(Number(process.env.PORT), '127.0.0.1')
process.on('SIGTERM', () => setTimeout(() => process.exit(), 60))
`
const TEXT = 'packages/text/src/text.ts'
const saying = (text: string) => `export const text: string = '${text}'\n`

it('a broken file that is mended at once, or a little later', async () => {
  const { save, says, state } = await startServer()
  for (let at = 0; at < SAVES; at++) {
    save(TEXT, 'export const text = ;')
    // From the middle of a start to after its failure.
    await sleep((at * 400) / SAVES)
    if (at % 3 === 2)
      await expect.poll(state, patient).toMatchObject({ crashed: expect.stringContaining(TEXT) })
    save(TEXT, saying(`round ${at}`))
    await expect.poll(says, patient).toBe(`round ${at}`)
    await expect.poll(state, patient).toBe('running')
  }
}, 600_000)

it('whoever asks after a save waits for the server that knows of it', async () => {
  const { save, says, state } = await startServer()
  save(TEXT, saying('second'))
  await expect.poll(state, patient).toBe('starting')
  await expect.poll(state, patient).toBe('running')
  expect(await says()).toBe('second')
})

it('a file that an editor puts in the place of the old one, again and again', async () => {
  const { root, save, says } = await startServer()
  for (const text of ['second', 'third', 'fourth']) {
    save(`${TEXT}~`, saying(text))
    renameSync(join(root, `${TEXT}~`), join(root, TEXT))
    await expect.poll(says, patient).toBe(text)
  }
})

it('a folder that goes and comes back, as with another branch', async () => {
  const { root, save, says, state } = await startServer()
  rmSync(dirname(join(root, TEXT)), { recursive: true })
  await expect.poll(state, patient).toHaveProperty('crashed')
  save(TEXT, saying('again'))
  await expect.poll(says, patient).toBe('again')
  save(TEXT, saying('and once more'))
  await expect.poll(says, patient).toBe('and once more')
})

it('a module that is imported first and written then, with its folder', async () => {
  const { save, says, state } = await startServer()
  save(TEXT, "export { text } from './tea/leaf.ts'\n")
  await expect.poll(state, patient).toHaveProperty('crashed')
  save('packages/text/src/tea/leaf.ts', saying('leaf'))
  await expect.poll(says, patient).toBe('leaf')
})

it('a server that hears no signal, for it waits for ever', async () => {
  const { save, says, printed } = await startServer()
  save(
    TEXT,
    `console.log('it hangs')\nAtomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)\n${saying('')}`,
  )
  await expect.poll(printed, patient).toContain('it hangs')
  save(TEXT, saying('mended'))
  await expect.poll(says, patient).toBe('mended')
})

it('what the server does not load starts nothing', async () => {
  const { save, states } = await startServer()
  const before = states.length
  save('packages/text/src/text.test.ts', 'export {}')
  save('apps/server/notes.md', '# Notes')
  await sleep(300)
  expect(states.length).toBe(before)
})

async function startServer() {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'watched-')))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const save = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  save('package.json', '{ "type": "module" }')
  save('apps/server/main.ts', MAIN)
  save(TEXT, saying('first'))
  const url = `http://127.0.0.1:${await freePort()}`
  const states: ServerState[] = []
  const output: string[] = []
  const server = watchedServer({
    root,
    args: ['--disable-warning=ExperimentalWarning', 'apps/server/main.ts'],
    env: { PATH: process.env['PATH'], PORT: new URL(url).port },
    healthUrl: url,
    onState: (state) => states.push(state),
    print: (text) => output.push(text.toString()),
  })
  onTestFinished(() => server.stop())
  const state = () => states.at(-1)
  await expect.poll(state, patient).toBe('running')
  const says = () =>
    fetch(url).then(
      (answer) => answer.text(),
      () => undefined,
    )
  return { root, save, says, state, states, printed: () => output.join('') }
}
