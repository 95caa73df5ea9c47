import { createHash } from 'node:crypto'

/** What Java's own stores are locked with where nobody chose anything; it keeps no secret. */
const PASSWORD = 'changeit'
const MAGIC = 0xfeedfeed
const VERSION = 2
const TRUSTED_CERTIFICATE = 2
const CERTIFICATE = /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g

/** The certificates of a PEM text as a store that every Java reads (JKS): it takes no PEM, and its own list no more. */
export function javaTrustStore(pem: string): Buffer {
  const entries = [...pem.matchAll(CERTIFICATE)].map(([, text = ''], at) => {
    const certificate = Buffer.from(text, 'base64')
    const created = Buffer.alloc(8)
    return Buffer.concat([
      int(TRUSTED_CERTIFICATE),
      name(`trusted-${at}`),
      created,
      name('X.509'),
      int(certificate.length),
      certificate,
    ])
  })
  const store = Buffer.concat([int(MAGIC), int(VERSION), int(entries.length), ...entries])
  const digest = createHash('sha1')
    .update(Buffer.from(PASSWORD, 'utf16le').swap16())
    .update('Mighty Aphrodite') // the format wants it
    .update(store)
    .digest()
  return Buffer.concat([store, digest])
}

function int(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function name(text: string): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(text.length)
  return Buffer.concat([length, Buffer.from(text, 'latin1')])
}
