import express from 'express'
import { expect, it } from 'vitest'
import { toTrustProxy, trustProxy } from './trustProxy.ts'

const HOPS = [
  ['127.0.0.1', 0],
  ['127.0.0.1', 1],
  ['9.9.9.9', 0],
  ['9.9.9.9', 0],
  ['9.9.9.9', 1],
  ['10.0.0.2', 2],
  ['127.0.0.1', 0],
  [undefined, 0],
  ['::1', 0],
] as const

it.each(['loopback', '10.0.0.0/8,127.0.0.1', 'true', 'off', '1', '2'])(
  '%s: whoever comes after whom, as Express alone would answer',
  (text) => {
    const [alone, ours] = [express(), express()]
    alone.set('trust proxy', toTrustProxy(text))
    trustProxy(ours, toTrustProxy(text))
    for (const [address, hop] of HOPS)
      expect(ours.get('trust proxy fn')(address, hop), `${address} ${hop}`).toBe(
        alone.get('trust proxy fn')(address, hop),
      )
  },
)
