import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Real servers and real HTTP: a hang must fail, not stall the run.
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
