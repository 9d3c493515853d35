import { defineConfig } from '@playwright/test'

/** One worker: each test has a whole desktop, and two cores are few. No retries: a test that fails sometimes, fails. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  workers: 1,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  outputDir: '../../test-results/e2e',
  reporter: 'list',
})
