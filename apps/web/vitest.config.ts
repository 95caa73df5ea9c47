import { fileURLToPath } from 'node:url'
import { defineProject } from 'vitest/config'

export default defineProject({
  resolve: {
    alias: {
      '@content': fileURLToPath(new URL('../../content', import.meta.url)),
      '@': fileURLToPath(new URL('./src', import.meta.url)),
    },
  },
  // One process for all files: what they import is read once, and each puts the globals back that it stands in for.
  test: { include: ['src/**/*.test.ts'], testTimeout: 20_000, isolate: false },
})
