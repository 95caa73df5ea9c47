import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { createFront, SANDBOX_PATH } from './phone/front.ts'
import { createPlatform } from './platform/platform.ts'

// node main.ts --port 5173 --site http://127.0.0.1:5174 [--origin https://my-tunnel.example.com]
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '5173' },
    site: { type: 'string' },
    origin: { type: 'string' },
  },
})
if (!values.site) {
  console.error('Say which site to show: --site http://127.0.0.1:5174')
  process.exit(2)
}
const siteOrigin = values.origin ?? `http://localhost:${values.port}`
const platform = createPlatform({ siteOrigin, publicUrl: siteOrigin + SANDBOX_PATH })
const front = createFront({ platform, siteUrl: values.site })
front.on('error', (error) => {
  const inUse = 'code' in error && error.code === 'EADDRINUSE'
  console.error(
    inUse
      ? `Port ${values.port} is in use. End the program that has it, or set PUBLIC_URL to another port.`
      : error,
  )
  process.exit(1)
})
front.listen(Number(values.port), '127.0.0.1') // loopback only: a tunnel connects from here as well
await once(front, 'listening')
process.once('SIGTERM', () => process.exit(0))
process.once('SIGINT', () => process.exit(0))
