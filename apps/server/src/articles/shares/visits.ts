import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from 'starter-server/database/database'
import { insertNew } from 'starter-server/database/insertNew'
import type { Migrations } from 'starter-server/database/migrate'

declare module 'starter-server/database/database' {
  interface Tables {
    /** One row a reader and article. Readers are known by their share id, and by nothing else unless they logged in. */
    visits: {
      slug: string
      /** Of the reader: what the cards have that they share. */
      share_id: string
      /** A digest, of who is logged in. */
      person: string | null
      /** The share by which they came first. */
      via: string | null
      channel: string | null
      /** How many shares lie between the site and this reader. */
      depth: number
      /** 0: known only because somebody came by their card. */
      opens: number
      first_at: string
    }
  }
}

export const visitMigrations: Migrations = {
  '2026-11-visits': async ({ createTable }) => {
    await createTable('visits')
      .addColumn('slug', 'varchar(190)', (column) => column.notNull())
      .addColumn('share_id', 'varchar(12)', (column) => column.notNull())
      .addColumn('person', 'varchar(64)')
      .addColumn('via', 'varchar(12)')
      .addColumn('channel', 'varchar(16)')
      .addColumn('depth', 'integer', (column) => column.notNull())
      .addColumn('opens', 'integer', (column) => column.notNull())
      .addColumn('first_at', 'varchar(24)', (column) => column.notNull())
      .addPrimaryKeyConstraint('visits_pk', ['slug', 'share_id'])
      .execute()
  },
  '2026-11-visits-of-person': async ({ db }) => {
    await db.schema.createIndex('visits_person').on('visits').columns(['person', 'slug']).execute()
  },
  '2026-11-visits-by-share': async ({ db }) => {
    await db.schema.createIndex('visits_via').on('visits').columns(['slug', 'via']).execute()
  },
}

// MySQL and MariaDB follow a thousand steps, then MySQL fails and MariaDB leaves out the rest. No chain of people is so long.
const DEEPEST = 900

/** Where WeChat says that a link was tapped; `direct` is everything else. */
export const CHANNELS = ['singlemessage', 'groupmessage', 'timeline', 'direct'] as const
export type Channel = (typeof CHANNELS)[number]

export interface Visit {
  slug: string
  /** Of the reader. */
  shareId: string
  /** A digest of who is logged in, if anybody is. */
  person?: string | undefined
  /** The share by which the reader came, if by one. */
  via?: string | undefined
  channel: Channel
  /** Asked before somebody becomes a reader: false counts nothing. Left out: everybody may. */
  mayBeNew?: () => Promise<boolean>
}

/** What an article has brought. */
export interface ShareFigures {
  /** How often it was opened, by anybody. */
  opens: number
  /** How many people, or browsers, opened it. */
  readers: number
  /** Shares by which somebody came. */
  shares: number
  /** The longest chain of shares that led to a reader. */
  depth: number
  /** Readers, by the way on which they came first. */
  channels: Record<Channel, number>
}

export interface Visits {
  /** Counts one opening of an article. Who comes again, or by their own share, is the reader that they were. */
  count(visit: Visit): Promise<void>
  figures(slug: string): Promise<ShareFigures>
  /** What came of one person's shares, by article: readers, also through others who shared on, and how many shares deep. */
  ofPerson(person: string): Promise<{ slug: string; readers: number; depth: number }[]>
  /** Removes the person and leaves the numbers. */
  forget(person: string): Promise<void>
}

export function createVisits({ db, now }: { db: Database; now: () => number }): Visits {
  const row = (slug: string, shareId: string) => ({
    slug,
    share_id: shareId,
    first_at: new Date(now()).toISOString(),
    person: null,
    via: null,
    channel: null,
    depth: 0,
    opens: 0,
  })

  /** Their own row, opened once more; false when it is not there. */
  async function openAgain({ slug, shareId, person, channel }: Visit): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('visits')
      .set(({ eb, fn, val }) => ({
        opens: eb('opens', '+', 1),
        channel: fn.coalesce('channel', val(channel)),
        // The first who logs in: another on the same phone is not credited with what came before.
        ...(person === undefined ? {} : { person: fn.coalesce('person', val(person)) }),
      }))
      .where('slug', '=', slug)
      .where('share_id', '=', shareId)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }

  /** How deep the share lies; a row is made for one whose own visit was never told. */
  async function depthOf(slug: string, shareId: string): Promise<number> {
    await insertNew(db, 'visits', row(slug, shareId))
    const { depth } = await db
      .selectFrom('visits')
      .select('depth')
      .where('slug', '=', slug)
      .where('share_id', '=', shareId)
      .executeTakeFirstOrThrow()
    return depth
  }

  /** One row a reader: of a person with two browsers the one that came first. */
  const readersOf = (slug: string) =>
    db
      .selectFrom('visits as reader')
      .where('slug', '=', slug)
      .where('opens', '>', 0)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('visits as other')
              .select('other.share_id')
              .whereRef('other.slug', '=', 'reader.slug')
              .whereRef('other.person', '=', 'reader.person')
              .where(({ or, and, eb, ref }) =>
                or([
                  eb('other.first_at', '<', ref('reader.first_at')),
                  and([
                    eb('other.first_at', '=', ref('reader.first_at')),
                    eb('other.share_id', '<', ref('reader.share_id')),
                  ]),
                ]),
              ),
          ),
        ),
      )

  return {
    async count(visit) {
      const { slug, shareId, person = null, channel } = visit
      if ((await openAgain(visit)) || (await visit.mayBeNew?.()) === false) return
      const via = visit.via === shareId ? undefined : visit.via
      const depth = via === undefined ? 0 : (await depthOf(slug, via)) + 1
      const isNew = await insertNew(db, 'visits', {
        ...row(slug, shareId),
        ...{ person, via: via ?? null, channel, depth, opens: 1 },
      })
      if (!isNew) await openAgain(visit)
    },

    async figures(slug) {
      const opened = await db
        .selectFrom('visits')
        .select(({ fn }) => fn.sum('opens').as('opens'))
        .where('slug', '=', slug)
        .executeTakeFirst()
      const readers = await readersOf(slug)
        .select(({ fn }) => ['channel', fn.countAll().as('count'), fn.max('depth').as('depth')])
        .groupBy('channel')
        .execute()
      const shared = await readersOf(slug)
        .select(({ fn }) => fn.count('via').distinct().as('shares'))
        .executeTakeFirst()
      const channels = { singlemessage: 0, groupmessage: 0, timeline: 0, direct: 0 }
      for (const { channel, count } of readers)
        channels[isChannel(channel) ? channel : 'direct'] += Number(count)
      return {
        opens: Number(opened?.opens ?? 0),
        readers: Object.values(channels).reduce((sum, count) => sum + count, 0),
        shares: Number(shared?.shares ?? 0),
        depth: Math.max(0, ...readers.map(({ depth }) => Number(depth))),
        channels,
      }
    },

    async ofPerson(person) {
      const { rows } = await sql<{ slug: string; readers: unknown; depth: unknown }>`
        with recursive reached (slug, share_id, person, opens, level) as (
          select slug, share_id, person, opens, 0 from visits where person = ${person}
          union all
          select next.slug, next.share_id, next.person, next.opens, reached.level + 1
          from visits as next
          join reached on next.slug = reached.slug and next.via = reached.share_id
          where reached.level < ${DEEPEST} and (next.person is null or next.person <> ${person})
        )
        select slug, count(distinct coalesce(person, share_id)) as readers, max(level) as depth
        from reached where level > 0 and opens > 0 group by slug order by slug`.execute(db)
      return rows.map(({ slug, readers, depth }) => ({
        slug,
        readers: Number(readers),
        depth: Number(depth),
      }))
    },

    async forget(person) {
      // Another name of nobody: a person with two browsers stays one reader.
      const nobody = `gone:${randomBytes(12).toString('base64url')}`
      await db.updateTable('visits').set({ person: nobody }).where('person', '=', person).execute()
    },
  }
}

export const isChannel = (text: unknown): text is Channel => CHANNELS.some((channel) => channel === text)
