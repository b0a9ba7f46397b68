import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
    // Real trainings in real kernels, some minutes of them: `HOLDFAST_LONG=1 npm run unit -- src/runtime/reach`.
    exclude:
      process.env['HOLDFAST_LONG'] === '1'
        ? []
        : ['src/runtime/reach-{door,manners,memory,older,run,status}.test.ts'],
    environment: 'node',
    // By itself it leaves one core idle; on two, that is half of the time.
    maxWorkers: '100%',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
