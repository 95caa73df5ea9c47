import { defineConfig } from 'vitest/config'

// For itself: it packs, installs and starts the packages outside of the workspace, which takes minutes.
export default defineConfig({
  root: import.meta.dirname,
  test: { include: ['*.test.ts'], globalSetup: './setup.ts', testTimeout: 60_000, hookTimeout: 120_000 },
})
