import { createServer } from 'node:http'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase, type Database } from 'starter-server/database/database'
import { PictureStoreError, openPictureFiles } from './pictureFiles.ts'
import type { Picture } from './picture.ts'
import { createPictures, pictureMigrations, TooManyPictures } from './pictures.ts'

const picture: Picture = { type: 'image/png', bytes: Uint8Array.of(1, 2, 3), width: 1, height: 1 }
let folder: string
let db: Database
let time: number
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'media-'))
  db = await openDatabase('sqlite::memory:', pictureMigrations)
  time = Date.parse('2026-12-01')
})
afterEach(async () => {
  await db.destroy()
  rmSync(folder, { recursive: true })
})

describe('in a folder', () => {
  const open = () =>
    createPictures({ db, files: openPictureFiles(`folder:${join(folder, 'media')}`), now: () => time })
  const files = () => (existsSync(join(folder, 'media')) ? readdirSync(join(folder, 'media')) : [])

  it('a picture comes back with whose it is, and nobody else on this machine reads its file', async () => {
    const pictures = open()
    const id = await pictures.add('oA', picture)
    expect(await pictures.find(id)).toEqual({
      person: 'oA',
      type: 'image/png',
      bytes: Buffer.from(picture.bytes),
    })
    expect(statSync(join(folder, 'media', id)).mode & 0o077).toBe(0)
    expect(await pictures.find('../../etc/passwd')).toBeUndefined()
  })

  it('what a person did not use goes after a day; what is used stays', async () => {
    const pictures = open()
    const [used, left] = [await pictures.add('oA', picture), await pictures.add('oA', picture)]
    expect(await pictures.use(used, 'oB')).toBe(false)
    expect(await pictures.use(used, 'oA')).toBe(true)
    time += 86_400_001
    await pictures.sweep()
    expect(files()).toEqual([used])
    expect(await pictures.find(left)).toBeUndefined()
  })

  it('a person is forgotten with files', async () => {
    const pictures = open()
    await pictures.add('oA', picture)
    const others = await pictures.add('oB', picture)
    await pictures.forget('oA')
    expect(files()).toEqual([others])
  })

  it('nobody fills the disk with what they do not use', async () => {
    const pictures = open()
    for (let n = 0; n < 10; n++) await pictures.add('oA', picture)
    await expect(pictures.add('oA', picture)).rejects.toThrow(TooManyPictures)
    await pictures.add('oB', picture)
  })

  it('nor by many uploads at once', async () => {
    const pictures = open()
    const all = await Promise.allSettled(Array.from({ length: 50 }, () => pictures.add('oA', picture)))
    const kept = all.filter(({ status }) => status === 'fulfilled')
    expect(kept.length).toBeLessThanOrEqual(10)
    expect(files()).toHaveLength(kept.length)
  })
})

describe('in a bucket', () => {
  it('pictures are put, read and deleted with signed requests', async () => {
    const kept = new Map<string, { body: Buffer; type: string | undefined }>()
    const unsigned: string[] = []
    const server = createServer((req, res) => {
      const parts: Buffer[] = []
      req.on('data', (part: Buffer) => parts.push(part))
      req.on('end', () => {
        const { method, url = '', headers } = req
        const signed =
          /^AWS4-HMAC-SHA256 Credential=KEY\/\d{8}\/ap-east-1\/s3\/aws4_request, SignedHeaders=.*host.*, Signature=[0-9a-f]{64}$/
        if (!signed.test(headers.authorization ?? '') || !headers['x-amz-content-sha256']) unsigned.push(url)
        if (method === 'PUT') kept.set(url, { body: Buffer.concat(parts), type: headers['content-type'] })
        if (method === 'DELETE') kept.delete(url)
        const found = method === 'GET' ? kept.get(url) : undefined
        res.writeHead(method === 'GET' && !found ? 404 : 200).end(found?.body)
      })
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    const files = openPictureFiles(`s3+http://KEY:SE%2FCRET@127.0.0.1:${port}/bucket?region=ap-east-1`)
    const pictures = createPictures({ db, files, now: () => time })
    const id = await pictures.add('oA', picture)
    expect(kept.get(`/bucket/${id}`)).toEqual({ body: Buffer.from(picture.bytes), type: 'image/png' })
    expect((await pictures.find(id))?.bytes).toEqual(picture.bytes)
    await pictures.forget('oA')
    expect(kept.size).toBe(0)
    expect(unsigned).toEqual([])
    await new Promise((done) => server.close(done))
  })

  it.each(['', 'folder:', 's3://host/bucket', 's3://KEY:hunter2@host', 'https://host/bucket'])(
    'MEDIA_URL=%s is refused in words without its secret',
    (address) => {
      expect(() => openPictureFiles(address)).toThrow(PictureStoreError)
      expect(() => openPictureFiles(address)).toThrow(/folder:\.\/data\/media or s3:/)
      expect(() => openPictureFiles(address)).not.toThrow(/hunter2/)
    },
  )
})
