import relay from 'vite-plugin-relay';
import { defineConfig } from 'vitest/config';

const endpoint = process.env.GRAPHQL_URL ?? 'http://127.0.0.1:8080/graphql';

export default defineConfig({
  plugins: [relay],
  build: { chunkSizeWarningLimit: 600 }, // React and Relay are in one chunk
  server: { host: '127.0.0.1', port: 5173, strictPort: true },
  test: {
    environment: 'happy-dom',
    // In the tests the page has the server's origin, so the server needs no CORS_ORIGINS.
    environmentOptions: { happyDOM: { url: endpoint } },
    env: { VITE_GRAPHQL_URL: endpoint },
    // Let the tests spy on the console that the page writes to.
    disableConsoleIntercept: true,
    testTimeout: 60_000,
    setupFiles: 'test/setup.ts',
  },
});
