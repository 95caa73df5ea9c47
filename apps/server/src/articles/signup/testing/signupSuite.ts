import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openDatabase } from 'starter-server/database/database'
import type { Engine } from 'starter-server/database/testing/engines'
import { FULL_SIZE, PROCESSES } from '../../testing/fullSize.ts'
import { createSignups, signupMigrations } from '../signups.ts'
import type { SignupForm } from '@app/shared/signupForm'

// How many want a place at once, and how often processes are killed.
const [CROWD, KILLS] = FULL_SIZE ? [1000, 100] : [400, 1]

const form: SignupForm = { places: 2, fields: [] }
const who = (openid: string) => ({ person: openid, openid })
const article = { slug: 'tea', form }

/** What sign-ups keep on every engine. */
export function signupSuite({ newDatabase }: Engine): void {
  async function open(now = Date.now) {
    const address = await newDatabase()
    const db = await openDatabase(address, signupMigrations)
    return { address, db, signups: createSignups({ db, now }) }
  }

  it('one a person: changed, withdrawn, listed in order, and the place is free again', async () => {
    let time = Date.parse('2026-12-01T00:00:00Z')
    const { signups, db } = await open(() => (time += 1000))
    expect((await signups.save(article, who('oA'), { name: '张三' })).before).toBeUndefined()
    expect((await signups.save(article, who('oa'), { name: '李四' })).before).toBeUndefined()
    const changed = await signups.save(article, who('oA'), { name: '张三', guests: 2 })
    expect(changed.before).toMatchObject({ fields: { name: '张三' } })
    expect(changed.signup.createdAt < changed.signup.updatedAt).toBe(true)
    await expect(signups.save(article, who('oB'), {})).rejects.toMatchObject({ code: 'signup_full' })
    expect(await signups.state('tea', 'oA')).toMatchObject({ taken: 2, mine: { fields: { guests: 2 } } })
    await signups.withdraw('tea', 'oa')
    await signups.save(article, who('oB'), {})
    expect((await signups.list('tea')).map(({ openid }) => openid)).toEqual(['oA', 'oB'])
    expect(await signups.state('coffee', 'oA')).toEqual({ taken: 0, mine: undefined })
    await db.destroy()
  })

  it('nothing is taken after it has ended, and what was left can be withdrawn', async () => {
    let time = Date.parse('2026-12-31T23:59:59+08:00')
    const closing = { slug: 'tea', form: { ...form, closesAt: '2027-01-01T00:00:00+08:00' } }
    const { signups, db } = await open(() => time)
    await signups.save(closing, who('oA'), {})
    time += 1000
    await expect(signups.save(closing, who('oA'), { name: 'x' })).rejects.toMatchObject({
      code: 'signup_closed',
    })
    await signups.withdraw('tea', 'oA')
    expect(await signups.state('tea', 'oA')).toEqual({ taken: 0, mine: undefined })
    await db.destroy()
  })

  it('all that a person has left is deleted at once', async () => {
    const { signups, db } = await open()
    for (const slug of ['tea', 'coffee']) await signups.save({ slug, form }, who('oA'), {})
    await signups.save(article, who('oB'), {})
    await signups.forget('oA')
    expect(await signups.list('coffee')).toEqual([])
    expect((await signups.list('tea')).map(({ openid }) => openid)).toEqual(['oB'])
    await db.destroy()
  })

  it(`${CROWD} people at once, in ${PROCESSES.length} processes, want 10 places: 10 get one`, async () => {
    const { address, db, signups } = await open()
    const each = CROWD / PROCESSES.length
    const workers = PROCESSES.map((n) => startWorker(address, 10, n * each, each))
    await Promise.all(workers.map(({ ready }) => ready))
    workers.forEach(({ go }) => go())
    const confirmed = (await Promise.all(workers.map(({ ended }) => ended))).flat()
    expect(await Promise.all(workers.map(({ code }) => code))).toEqual(PROCESSES.map(() => 0)) // nobody met an error
    expect(confirmed).toHaveLength(10)
    expect((await signups.list('tea')).map(({ openid }) => openid).sort()).toEqual(confirmed.sort())
    await db.destroy()
  }, 60_000)

  it('processes killed in the middle: no place is given twice, and none is lost that was confirmed', async () => {
    const { address, db, signups } = await open()
    const told = new Set<string>()
    for (let round = 0; round < KILLS; round++) {
      const workers = [0, 1].map((n) => startWorker(address, 60 * (round + 1), round * 1000 + n * 500, 200))
      await Promise.all(workers.map(({ ready }) => ready))
      workers.forEach(({ go }) => go())
      await sleep(1 + ((round * 37) % 90))
      workers.forEach(({ kill }) => kill())
      for (const openid of (await Promise.all(workers.map(({ ended }) => ended))).flat()) told.add(openid)
      const kept = (await signups.list('tea')).map(({ openid }) => openid)
      expect(kept.length).toBeLessThanOrEqual(60 * (round + 1))
      expect([...told].filter((openid) => !kept.includes(openid))).toEqual([])
    }
    // And the turn that a killed process held is free.
    expect(
      (await signups.save({ slug: 'tea', form: { fields: [] } }, who('oLast'), {})).before,
    ).toBeUndefined()
    await db.destroy()
  }, 3_600_000)
}

function startWorker(address: string, places: number, first: number, count: number) {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(import.meta.dirname, 'signupWorker.ts'),
      ...[address, 'tea', places, first, count].map(String),
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  let said = ''
  child.stdout.on('data', (part: Buffer) => (said += part.toString()))
  const lines = () => said.split('\n').slice(0, -1)
  return {
    ready: once(child.stdout, 'data'),
    go: () => void child.stdin.write('go\n'),
    code: once(child, 'close').then(([code]: unknown[]) => code),
    kill: () => void child.kill('SIGKILL'),
    ended: once(child, 'close').then(() => lines().filter((line) => line !== 'ready')),
  }
}
