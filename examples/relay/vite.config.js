import relay from 'vite-plugin-relay';
import { defineConfig } from 'vitest/config';

const endpoint = process.env.GRAPHQL_URL ?? 'http://127.0.0.1:8080/graphql';

export default defineConfig({
  plugins: [relay],
  build: { chunkSizeWarningLimit: 600 }, // React and Relay, in one piece
  server: { host: '127.0.0.1', port: 5173, strictPort: true },
  test: {
    environment: 'happy-dom',
    // The tests' page is of the server's own origin, and so needs no CORS_ORIGINS.
    environmentOptions: { happyDOM: { url: endpoint } },
    env: { VITE_GRAPHQL_URL: endpoint },
    // One console for the tests and their page, so that they see what it complains about.
    disableConsoleIntercept: true,
    testTimeout: 60_000,
    setupFiles: 'test/setup.ts',
  },
});
