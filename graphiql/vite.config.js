import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** GraphiQL as files that the gateway serves below /graphiql, each but the page named after its content. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/graphiql/',
  build: {
    outDir: fileURLToPath(new URL('../dist-graphiql/', import.meta.url)),
    emptyOutDir: true,
    // A data: URL would need an exception in the page's Content-Security-Policy.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // Most of React's libraries begin with "use client" or the like, which mean nothing to a page.
      onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)),
    },
    // Monaco's size is known, and a loopback page does not wait for it.
    chunkSizeWarningLimit: 10_000,
  },
});
