import { defineConfig } from 'vitest/config';

export default defineConfig({
  server: { host: '127.0.0.1', port: 5173, strictPort: true },
  test: {
    globalSetup: 'test/require-server.ts',
    testTimeout: 60_000,
    environment: 'happy-dom',
    // In the tests the page has the server's origin, so the server needs no CORS_ORIGINS.
    environmentOptions: { happyDOM: { url: process.env.GRAPHQL_URL ?? 'http://127.0.0.1:8080/graphql' } },
  },
});
