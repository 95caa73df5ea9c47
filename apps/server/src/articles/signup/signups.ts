import type { Database } from 'starter-server/database/database'
import { insertNew } from 'starter-server/database/insertNew'
import type { Migrations } from 'starter-server/database/migrate'
import type { SignupAnswers, SignupForm } from '@app/shared/signupForm'

declare module 'starter-server/database/database' {
  interface Tables {
    signups: {
      slug: string
      /** The digest under which the login knows them. */
      person: string
      openid: string
      fields: string
      created_at: string
      updated_at: string
    }
    // One row an article. Whoever changes its sign-ups holds it, so that no place is given twice.
    signup_turns: { slug: string; turns: number }
  }
}

export const signupMigrations: Migrations = {
  '2026-11-signups': async ({ createTable }) => {
    await createTable('signups')
      .addColumn('slug', 'varchar(190)', (column) => column.notNull())
      .addColumn('person', 'varchar(64)', (column) => column.notNull())
      .addColumn('openid', 'varchar(64)', (column) => column.notNull())
      .addColumn('fields', 'text', (column) => column.notNull())
      .addColumn('created_at', 'varchar(24)', (column) => column.notNull())
      .addColumn('updated_at', 'varchar(24)', (column) => column.notNull())
      .addPrimaryKeyConstraint('signups_pk', ['slug', 'person'])
      .execute()
    await createTable('signup_turns')
      .addColumn('slug', 'varchar(190)', (column) => column.primaryKey())
      .addColumn('turns', 'integer', (column) => column.notNull())
      .execute()
  },
  '2026-11-signups-of-person': async ({ db }) => {
    await db.schema.createIndex('signups_person').on('signups').column('person').execute()
  },
}

/** What somebody has left with a sign-up. Times are ISO 8601. */
export interface Signup {
  fields: SignupAnswers
  createdAt: string
  updatedAt: string
}

/** Who signs up. */
export interface Person {
  /** The digest under which the login knows them. */
  person: string
  openid: string
}

/** A sign-up that is not taken. */
export class SignupRefused extends Error {
  override readonly name = 'SignupRefused'
  readonly code: 'signup_full' | 'signup_closed'

  constructor(code: 'signup_full' | 'signup_closed') {
    super(code)
    this.code = code
  }
}

export interface Signups {
  /** How many places are taken, and what this person has left, if anything. */
  state(slug: string, person: string | undefined): Promise<{ taken: number; mine: Signup | undefined }>
  /**
   * Signs somebody up, or changes what they have left.
   *
   * @returns what was there before, and what is there now
   * @throws {SignupRefused} the last place is gone, or it has ended
   */
  save(
    article: { slug: string; form: SignupForm },
    who: Person,
    answers: SignupAnswers,
  ): Promise<{ before: Signup | undefined; signup: Signup }>
  /** Gives the place free. @returns what was there, if anything */
  withdraw(slug: string, person: string): Promise<Signup | undefined>
  /** Everybody, in the order in which they came. */
  list(slug: string): Promise<(Signup & { openid: string })[]>
  /** What this person has left with any article. */
  answersOf(person: string): Promise<SignupAnswers[]>
  /** Deletes all that this person has left. */
  forget(person: string): Promise<void>
}

export function createSignups({ db, now }: { db: Database; now: () => number }): Signups {
  const at = () => new Date(now()).toISOString()
  const ofPerson = (on: Database, slug: string, person: string) =>
    on
      .selectFrom('signups')
      .selectAll()
      .where('slug', '=', slug)
      .where('person', '=', person)
      .executeTakeFirst()

  async function taken(on: Database, slug: string): Promise<number> {
    const { count } = await on
      .selectFrom('signups')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('slug', '=', slug)
      .executeTakeFirstOrThrow()
    return Number(count)
  }

  // Within this process they wait in memory: a thousand at once would each hold a connection to wait for the row.
  const lastInLine = new Map<string, Promise<unknown>>()
  async function inLine<T>(slug: string, work: () => Promise<T>): Promise<T> {
    const before = lastInLine.get(slug) ?? Promise.resolve()
    const mine = before.then(work, work)
    lastInLine.set(slug, mine)
    try {
      return await mine
    } finally {
      if (lastInLine.get(slug) === mine) lastInLine.delete(slug)
    }
  }

  /** Runs the work while no other process changes the sign-ups of this article. */
  async function inTurn<T>(slug: string, work: (on: Database) => Promise<T>): Promise<T> {
    for (;;) {
      const done = await db.transaction().execute(async (on) => {
        const { numUpdatedRows } = await on
          .updateTable('signup_turns')
          .set(({ eb }) => ({ turns: eb('turns', '+', 1) }))
          .where('slug', '=', slug)
          .executeTakeFirst()
        return numUpdatedRows > 0n ? { result: await work(on) } : undefined
      })
      if (done) return done.result
      await insertNew(db, 'signup_turns', { slug, turns: 0 })
    }
  }

  return {
    async state(slug, person) {
      const [count, mine] = await Promise.all([
        taken(db, slug),
        person === undefined ? undefined : ofPerson(db, slug, person),
      ])
      return { taken: count, mine: mine && toSignup(mine) }
    },

    async save({ slug, form }, { person, openid }, answers) {
      if (hasEnded(form, now())) throw new SignupRefused('signup_closed')
      const { places = Infinity } = form
      const fields = JSON.stringify(answers)
      const refuseIfFull = async (on: Database) => {
        if ((await taken(on, slug)) >= places) throw new SignupRefused('signup_full')
      }
      const write = async (on: Database) => {
        const known = await ofPerson(on, slug, person)
        const time = at()
        if (known) {
          await on
            .updateTable('signups')
            .set({ fields, updated_at: time })
            .where('slug', '=', slug)
            .where('person', '=', person)
            .execute()
          const signup = { fields: answers, createdAt: known.created_at, updatedAt: time }
          return { before: toSignup(known), signup }
        }
        await refuseIfFull(on)
        await on
          .insertInto('signups')
          .values({ slug, person, openid, fields, created_at: time, updated_at: time })
          .execute()
        return { before: undefined, signup: { fields: answers, createdAt: time, updatedAt: time } }
      }
      return inLine(slug, async () => {
        // Where all is taken, nobody takes a turn to hear so.
        if (!(await ofPerson(db, slug, person))) await refuseIfFull(db)
        return inTurn(slug, write)
      })
    },

    async withdraw(slug, person) {
      if (!(await ofPerson(db, slug, person))) return undefined
      // In turn: what is told is what was deleted, also while the same person changes it.
      return inLine(slug, () =>
        inTurn(slug, async (on) => {
          const known = await ofPerson(on, slug, person)
          await on.deleteFrom('signups').where('slug', '=', slug).where('person', '=', person).execute()
          return known && toSignup(known)
        }),
      )
    },

    async list(slug) {
      const rows = await db
        .selectFrom('signups')
        .selectAll()
        .where('slug', '=', slug)
        .orderBy('created_at')
        .orderBy('openid')
        .execute()
      return rows.map((row) => ({ openid: row.openid, ...toSignup(row) }))
    },

    async answersOf(person) {
      const rows = await db.selectFrom('signups').selectAll().where('person', '=', person).execute()
      return rows.map((row) => toSignup(row).fields)
    },

    async forget(person) {
      await db.deleteFrom('signups').where('person', '=', person).execute()
    },
  }
}

/** Whether nobody can sign up any more. `now` in milliseconds since 1970. */
export function hasEnded({ closesAt }: Pick<SignupForm, 'closesAt'>, now: number): boolean {
  return closesAt !== undefined && now >= Date.parse(closesAt)
}

function toSignup(row: { fields: string; created_at: string; updated_at: string }): Signup {
  const fields: SignupAnswers = JSON.parse(row.fields)
  return { fields, createdAt: row.created_at, updatedAt: row.updated_at }
}
