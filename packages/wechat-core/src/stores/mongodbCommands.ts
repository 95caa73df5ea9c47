import type { Document, Filter } from 'mongodb'

export interface MongodbEntry {
  _id: string
  value: string
  /** Absent: the entry stays. MongoDB removes an expired one within a minute; until then it counts as gone. */
  expiresAt?: Date
  /** Of the attempt that wrote it with `add`. */
  addedBy?: string
}

// Time is the server's own ($$NOW): leases of several machines must not depend on whose clock is right. Each of these
// is one statement on one document, which MongoDB makes atomic.

const MISSING = 'missing'
const isExpired = {
  $and: [{ $ne: [{ $type: '$expiresAt' }, MISSING] }, { $lte: ['$expiresAt', '$$NOW'] }],
}
const isFree = { $or: [{ $eq: [{ $type: '$value' }, MISSING] }, isExpired] }

const endOf = (ttl: number | undefined): unknown =>
  ttl === undefined ? '$$REMOVE' : { $add: ['$$NOW', Math.max(1, Math.floor(ttl))] }

/** Finds the entry while it lives, and only with that value if one is expected. */
export function living(key: string, expected?: string): Filter<MongodbEntry> {
  const alive = { _id: key, $expr: { $not: [isExpired] } }
  return expected === undefined ? alive : { ...alive, value: expected }
}

// A value is $literal: one that begins with "$" would be read as the name of a field.

/** Writes, whatever was there. */
export function overwriting(value: string, ttl: number | undefined): Document[] {
  return [{ $set: { value: { $literal: value }, expiresAt: endOf(ttl) } }, { $unset: 'addedBy' }]
}

/** Writes where nothing lives. Whose `addedBy` stands there afterwards has written. */
export function adding(value: string, ttl: number | undefined, addedBy: string): Document[] {
  return [
    {
      $set: {
        value: { $cond: [isFree, { $literal: value }, '$value'] },
        expiresAt: { $cond: [isFree, endOf(ttl), { $ifNull: ['$expiresAt', '$$REMOVE'] }] },
        addedBy: { $cond: [isFree, { $literal: addedBy }, { $ifNull: ['$addedBy', '$$REMOVE'] }] },
      },
    },
  ]
}

/** Counts from 1; the time runs from the first. */
export function counting(ttl: number | undefined): Document[] {
  return [
    {
      $set: {
        value: { $cond: [isFree, '1', { $toString: { $add: [{ $toLong: '$value' }, 1] } }] },
        expiresAt: { $cond: [isFree, endOf(ttl), { $ifNull: ['$expiresAt', '$$REMOVE'] }] },
      },
    },
  ]
}
