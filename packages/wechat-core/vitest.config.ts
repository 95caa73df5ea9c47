import { defineProject } from 'vitest/config'

export default defineProject({
  test: {
    include: ['src/**/*.test.ts'],
    globalSetup: ['src/testing/globalSetup.ts'],
    testTimeout: 20_000,
    isolate: false, // what all files import is read once, and none of them replaces a module
  },
})
