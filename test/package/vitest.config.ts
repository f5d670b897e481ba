import { defineConfig } from 'vitest/config';

/** The tests of what is delivered, which install it first; `npm run test:package` runs them. */
export default defineConfig({
  test: {
    include: ['test/package/*.test.ts'],
    testTimeout: 60_000,
    // Each installs all dependencies.
    hookTimeout: 600_000,
  },
});
