import { expect, it } from 'vitest'
import { freePortFrom } from './ports.ts'

it('no port is proposed at which browsers and fetch never ask', async () => {
  await expect(fetch('http://127.0.0.1:6000/')).rejects.toMatchObject({ cause: { message: 'bad port' } })
  expect(await freePortFrom(6000)).toBeGreaterThan(6000)
  expect(await freePortFrom(6665)).toBeGreaterThan(6669)
})
