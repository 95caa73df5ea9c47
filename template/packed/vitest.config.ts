import { defineConfig } from 'vitest/config'

// For itself: it packs, installs and starts the packages outside of the workspace, which takes minutes.
// A container's steps, a walk through the guide, the oldest Node.js and three SDKs, call by call, take minutes more:
// PACKED=all, as the workflow does.
const include =
  process.env['PACKED'] === 'all'
    ? ['*.test.ts']
    : ['packed.test.ts', 'sandboxCommand.test.ts', 'examples.test.ts']

export default defineConfig({
  root: import.meta.dirname,
  test: { include, globalSetup: './setup.ts', testTimeout: 60_000, hookTimeout: 120_000 },
})
