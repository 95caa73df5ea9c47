import { defineProject } from 'vitest/config'

// One process for all files: what they import, the whole server, is read once, and none of them replaces a module.
export default defineProject({
  test: {
    name: 'template',
    include: ['*.test.ts', 'sandboxRules/*.test.ts', 'initApp/*.test.ts'],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    isolate: false,
  },
})
