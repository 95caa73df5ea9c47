import { defineProject } from 'vitest/config'

export default defineProject({
  test: {
    name: 'template',
    include: ['*.test.ts', 'sandboxRules/*.test.ts', 'initApp/*.test.ts'],
    testTimeout: 90_000,
  },
})
