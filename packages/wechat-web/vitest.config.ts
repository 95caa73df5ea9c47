import { defineProject } from 'vitest/config'

// One process for all files: what they import is read once, and each puts the globals back that it stands in for.
export default defineProject({
  test: { include: ['src/**/*.test.ts'], testTimeout: 20_000, isolate: false },
})
