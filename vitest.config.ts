import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Node loads graphql's CommonJS build; vite would pick the other one, and graphql refuses to be loaded twice.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    // They install everything first; npm run test:package runs them.
    exclude: ['test/package/**'],
    // Real servers and real HTTP: a hang must fail, not stall the run.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Most of them wait for servers and processes, so a machine of two cores has time for more than one file.
    maxWorkers: 3,
  },
});
