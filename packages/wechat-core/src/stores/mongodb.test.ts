import { MongoClient } from 'mongodb'
import { describe, expect, it } from 'vitest'
import { storeSuite } from '../testing/index.ts'
import { mongodbStore } from './mongodb.ts'

// No MongoDB server comes with the package registries, and an imitation would prove nothing: the suite runs where
// MONGODB_URL names a real one. docs/credentials.md says so.
const url = process.env['MONGODB_URL']

if (url) {
  storeSuite('mongodb', {
    open: async () => {
      const client = new MongoClient(url)
      await client.db('wechat_store_suite').dropDatabase()
      await client.close()
      return mongodbStore({ url: url.replace(/^([^/]*\/\/[^/?]*)(\/[^?]*)?/, '$1/wechat_store_suite') })
    },
    ownClock: true,
  })
}

describe('a mongodb that is not there', () => {
  it.each([
    ['one host', 'mongodb://user:hunter2@127.0.0.1:9/x', /MongoDB at 127\.0\.0\.1:9 cannot be used/],
    [
      'a replica set',
      'mongodb://user:hunter2@127.0.0.1:9,127.0.0.1:19/x?replicaSet=rs0&serverSelectionTimeoutMS=500',
      /MongoDB at 127\.0\.0\.1:9,127\.0\.0\.1:19 cannot be used/,
    ],
    [
      'an option that the driver does not know',
      'mongodb://user:hunter2@127.0.0.1:9/x?nonsense=1',
      /nonsense/,
    ],
  ])('stops the start, says so, and hides the password: %s', async (_case, address, message) => {
    const error = await mongodbStore({ url: address }).catch((reason: Error) => reason)
    expect(error).toMatchObject({ name: 'StoreError', message: expect.stringMatching(message) })
    expect(error instanceof Error && error.stack).not.toContain('hunter2')
  })
})
