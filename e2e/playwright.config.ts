import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: !!process.env['CI'],
  retries: 0,
  workers: 3, // of two cores: a page waits more than it works
  timeout: 30_000,
  expect: { timeout: 8_000 },
  reporter: [['list']],
})
