import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'artifacts/e2e',
  timeout: 180_000,
  expect: { timeout: 15_000 },
  // A test keeps a core busy: browser, server and kernel.
  workers: Number(process.env['HOLDFAST_WORKERS'] ?? 2),
  fullyParallel: true,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list'], ['json', { outputFile: 'artifacts/reports/e2e.json' }]],
  // `npm test` runs the everyday ones; `npm run e2e` runs both.
  projects: [
    { name: 'everyday', grepInvert: /@long/ },
    { name: 'long', grep: /@long/ },
  ],
  // The browser is a persistent context that the fixtures start: they keep its trace when a test fails.
  use: { trace: 'off', actionTimeout: 20_000, navigationTimeout: 60_000 },
});
