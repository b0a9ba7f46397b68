import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'artifacts/e2e',
  timeout: 180_000,
  // A busy machine is late, not wrong: waiting longer costs time only where a test fails.
  expect: { timeout: 45_000 },
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
  use: { trace: 'off', actionTimeout: 45_000, navigationTimeout: 60_000 },
});
