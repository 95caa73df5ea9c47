import { Errcode } from '../api/errcode.ts'
import type { Followers, Following } from '../users/followers.ts'

/** A tag as WeChat tells of it. */
export interface Tag {
  id: number
  name: string
}

/** The groups that every account has and nobody can change. */
export const UNGROUPED = 0
export const BLACKLISTED = 1
const STARRED: Tag = { id: 2, name: '星标组' }
const FIRST_ID = 100
const MOST_TAGS = 100
const MOST_A_PERSON = 20
const MOST_PEOPLE_AT_ONCE = 50
const NAME_BYTES = 30

/**
 * The account's tags, and which of its followers carry them.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/User_Management/User_Tag_Management.html
 */
export class Tags {
  readonly #followers: Followers
  readonly #all = new Map<number, Tag>([[STARRED.id, STARRED]])
  #nextId = FIRST_ID

  constructor(followers: Followers) {
    this.#followers = followers
  }

  /** @throws {Errcode} 45056 for the 101st, 45157 and 45158 for a name */
  create(name: string): Tag {
    this.#checkName(name)
    if (this.#all.size - 1 >= MOST_TAGS) throw new Errcode(45056)
    const tag = { id: this.#nextId++, name }
    this.#all.set(tag.id, tag)
    return tag
  }

  /** @throws {Errcode} 45058 for a tag of WeChat's own, 45159 for none, 45157 and 45158 for the name */
  rename(id: number, name: string): void {
    const tag = this.#own(id)
    if (tag.name !== name) this.#checkName(name)
    tag.name = name
  }

  /** @throws {Errcode} 45058 for a tag of WeChat's own, 45159 for none */
  delete(id: number): void {
    this.#own(id)
    this.#all.delete(id)
    for (const openid of this.with(id)) this.#drop(openid, id)
  }

  list(): (Tag & { count: number })[] {
    return [...this.#all.values()].map((tag) => ({ ...tag, count: this.with(tag.id).length }))
  }

  /** Who carries this tag. */
  with(id: number): string[] {
    return this.#followers.list().filter((openid) => this.#followers.get(openid)?.tags.includes(id))
  }

  /** @throws {Errcode} 40032 for more than 50 people, 45159, 40003 for who does not follow, 45059 for the 21st tag */
  give(openids: readonly string[], id: number): void {
    const people = this.#check(openids, id)
    const isFull = ({ tags }: Following) => tags.length >= MOST_A_PERSON && !tags.includes(id)
    if (people.some(isFull)) throw new Errcode(45059)
    for (const { tags } of people) if (!tags.includes(id)) tags.push(id)
  }

  /** @throws {Errcode} as `give` */
  take(openids: readonly string[], id: number): void {
    this.#check(openids, id)
    for (const openid of openids) this.#drop(openid, id)
  }

  /** @throws {Errcode} 45159 for a tag that there is not */
  known(id: number): Tag {
    const tag = this.#all.get(id)
    if (!tag) throw new Errcode(45159)
    return tag
  }

  #own(id: number): Tag {
    if (id >= UNGROUPED && id <= STARRED.id) throw new Errcode(45058)
    return this.known(id)
  }

  #checkName(name: string): void {
    if (Buffer.byteLength(name) > NAME_BYTES) throw new Errcode(45158)
    const isTaken = [...this.#all.values()].some((tag) => tag.name === name)
    if (name.trim() === '' || isTaken) throw new Errcode(45157)
  }

  #check(openids: readonly string[], id: number): Following[] {
    if (openids.length < 1 || openids.length > MOST_PEOPLE_AT_ONCE) throw new Errcode(40032)
    this.known(id)
    return openids.map((openid) => {
      const following = this.#followers.get(openid)
      if (!following) throw new Errcode(40003)
      return following
    })
  }

  #drop(openid: string, id: number): void {
    const following = this.#followers.get(openid)
    if (following) following.tags = following.tags.filter((one) => one !== id)
  }
}
