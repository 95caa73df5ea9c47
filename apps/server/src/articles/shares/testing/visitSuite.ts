import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openDatabase } from 'starter-server/database/database'
import type { Engine } from 'starter-server/database/testing/engines'
import { seededRandom } from 'wechat-core/testing'
import { FULL_SIZE, PROCESSES } from '../../testing/fullSize.ts'
import { CHANNELS, createVisits, visitMigrations, type Visit } from '../visits.ts'

const VISITORS = FULL_SIZE ? 1000 : 60 // on each level of the chain
const none = { singlemessage: 0, groupmessage: 0, timeline: 0, direct: 0 }

/** What visits keep on every engine. */
export function visitSuite({ newDatabase }: Engine): void {
  async function open() {
    const address = await newDatabase()
    const db = await openDatabase(address, visitMigrations)
    let time = Date.now()
    return { address, db, visits: createVisits({ db, now: () => (time += 1000) }) }
  }
  const visit = (shareId: string, more: Partial<Visit> = {}): Visit => ({
    ...{ slug: 'tea', shareId, channel: 'direct' },
    ...more,
  })

  it('a chain, its repeats and its loops', async () => {
    const { visits, db } = await open()
    await visits.count(visit('a'))
    await visits.count(visit('b', { via: 'a', channel: 'groupmessage' }))
    await visits.count(visit('c', { via: 'b', channel: 'timeline' }))
    await visits.count(visit('b', { via: 'a', channel: 'timeline' })) // once more
    await visits.count(visit('a', { via: 'c', channel: 'singlemessage' })) // back to where it began
    await visits.count(visit('a', { via: 'a' })) // their own card
    expect(await visits.figures('tea')).toEqual({
      ...{ opens: 6, readers: 3, shares: 2, depth: 2 },
      channels: { ...none, direct: 1, groupmessage: 1, timeline: 1 },
    })
    expect(await visits.figures('coffee')).toEqual({
      opens: 0,
      readers: 0,
      shares: 0,
      depth: 0,
      channels: none,
    })
    await db.destroy()
  })

  it('a person with two browsers is one reader, also when they are forgotten', async () => {
    const { visits, db } = await open()
    await visits.count(visit('phone', { person: 'P' }))
    await visits.count(visit('desk', { person: 'P', via: 'phone' }))
    await visits.count(visit('friend', { via: 'desk', channel: 'singlemessage' }))
    await visits.count(visit('theirs', { via: 'friend', channel: 'singlemessage' }))
    const before = await visits.figures('tea')
    expect(before).toMatchObject({ readers: 3, shares: 2, channels: { direct: 1, singlemessage: 2 } })
    expect(await visits.ofPerson('P')).toEqual([{ slug: 'tea', readers: 2, depth: 2 }])
    await visits.forget('P')
    expect(await visits.figures('tea')).toEqual(before)
    expect(await visits.ofPerson('P')).toEqual([])
    expect(JSON.stringify(await db.selectFrom('visits').selectAll().execute())).not.toContain('"P"')
    await db.destroy()
  })

  it('somebody who logs in after the first look is the reader that they were', async () => {
    const { visits, db } = await open()
    await visits.count(visit('a'))
    await visits.count(visit('a', { person: 'P' }))
    await visits.count(visit('b', { via: 'a' }))
    expect(await visits.figures('tea')).toMatchObject({ opens: 3, readers: 2 })
    expect(await visits.ofPerson('P')).toEqual([{ slug: 'tea', readers: 1, depth: 1 }])
    await db.destroy()
  })

  it('a sharer whose own visit came late, or never, does not lose those who came', async () => {
    const { visits, db } = await open()
    await visits.count(visit('b', { via: 'a' }))
    expect(await visits.figures('tea')).toMatchObject({ readers: 1, shares: 1, depth: 1 })
    await visits.count(visit('a', { via: 'b' }))
    expect(await visits.figures('tea')).toMatchObject({ opens: 2, readers: 2, shares: 1, depth: 1 })
    await db.destroy()
  })

  it('a chain that somebody made endless: what came of the first share is still told', async () => {
    const { visits, db } = await open()
    await visits.count(visit('s0', { person: 'P' }))
    const chain = Array.from({ length: 1500 }, (_, at) => ({
      ...{ slug: 'tea', share_id: `s${at + 1}`, via: `s${at}`, depth: at + 1, person: null },
      ...{ channel: 'direct', opens: 1, first_at: '2026-12-01T00:00:00.000Z' },
    }))
    for (let at = 0; at < chain.length; at += 500)
      await db
        .insertInto('visits')
        .values(chain.slice(at, at + 500))
        .execute()
    expect(await visits.ofPerson('P')).toEqual([{ slug: 'tea', readers: 900, depth: 900 }])
    await db.destroy()
  })

  it('five levels of shares over several processes: every figure is exact', async () => {
    const { address, visits, db } = await open()
    const workers = await Promise.all(PROCESSES.map(() => startWorker(address)))
    const random = seededRandom(7)
    let sharers: string[] = []
    const opens = { all: 0, readers: 0, depth: 0, shares: new Set<string>(), channels: { ...none } }
    const everybody: string[] = []
    for (let level = 0; level <= 5; level++) {
      const first = Array.from({ length: VISITORS }, (_, at): Visit => {
        const channel = random.pick(CHANNELS)
        const via = level === 0 ? undefined : random.pick(sharers)
        return visit(`l${level}-${at}`, { channel, via })
      })
      // Some come again, some by a card further down their own chain, some by their own.
      const again = first.flatMap((one) => [
        ...(random.below(10) < 4 ? [one] : []),
        ...(random.below(10) < 3 ? [visit(one.shareId, { via: one.shareId })] : []),
        ...(random.below(10) < 3 && everybody.length
          ? [visit(random.pick(everybody), { via: one.shareId })]
          : []),
      ])
      await spread(workers, first)
      await spread(workers, again)
      opens.all += first.length + again.length
      opens.readers += first.length
      opens.depth = level
      for (const { via, channel } of first) {
        opens.channels[channel]++
        if (via !== undefined) opens.shares.add(via)
      }
      sharers = first.map(({ shareId }) => shareId)
      everybody.push(...sharers)
    }
    expect(await visits.figures('tea')).toEqual({
      ...{ opens: opens.all, readers: opens.readers, shares: opens.shares.size, depth: 5 },
      channels: opens.channels,
    })
    for (const { disconnect } of workers) disconnect()
    await db.destroy()
  }, 600_000)
}

async function startWorker(address: string) {
  const child = fork(join(import.meta.dirname, 'visitWorker.ts'), [address], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  await once(child, 'message')
  return {
    async count(list: Visit[]) {
      child.send(list)
      await once(child, 'message')
    },
    disconnect: () => child.disconnect(),
  }
}

async function spread(workers: { count(list: Visit[]): Promise<void> }[], visits: Visit[]) {
  await Promise.all(
    workers.map((worker, n) => worker.count(visits.filter((_, at) => at % workers.length === n))),
  )
}
