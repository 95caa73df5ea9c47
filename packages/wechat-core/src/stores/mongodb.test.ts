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
      const address = new URL(url)
      address.pathname = '/wechat_store_suite'
      return mongodbStore({ url: address.href })
    },
    ownClock: true,
  })
}

describe('mongodb', () => {
  it('that is not there stops the start, says so, and hides the password', async () => {
    const error = await mongodbStore({ url: 'mongodb://user:hunter2@127.0.0.1:9/x' }).catch(
      (reason: Error) => reason,
    )
    expect(error).toMatchObject({
      name: 'StoreError',
      message: expect.stringMatching(/MongoDB does not answer/),
    })
    expect(String(error)).not.toContain('hunter2')
  })
})
