import { defineConfig } from 'vitest/config'

// One project a package; `pnpm exec vitest --project wechat-core` runs one of them.
export default defineConfig({
  test: { projects: ['apps/*', 'packages/*', '!packages/LICENSE', 'template/vitest.config.*'] },
})
