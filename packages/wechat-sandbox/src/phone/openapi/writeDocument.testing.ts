// pnpm --filter wechat-sandbox openapi: writes openapi.json, which comes with the package.
import { writeFileSync } from 'node:fs'
import { openApiDocument } from './document.testing.ts'

const file = new URL('../../../openapi.json', import.meta.url)
writeFileSync(file, `${JSON.stringify(openApiDocument(), null, 2)}\n`)
