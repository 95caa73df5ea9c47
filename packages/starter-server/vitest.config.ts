import { defineProject } from 'vitest/config'

// One process for all files: what they import is read once, and none of them replaces a module.
export default defineProject({
  test: { include: ['src/**/*.test.ts'], testTimeout: 20_000, isolate: false },
})
