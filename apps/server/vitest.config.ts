import { defineProject } from 'vitest/config'

// One process for all files: what they import, the whole server, is read once. A file that replaces a module of the
// server by a mock makes them afresh, before and after.
export default defineProject({
  test: { include: ['src/**/*.test.ts'], testTimeout: 20_000, isolate: false },
})
