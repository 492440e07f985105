import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'heygen-avatar-picker' } } })],
  appType: 'mpa',
  build: { rolldownOptions: { input: ['react/index.html', 'vue/index.html'] } },
  server: { host: '127.0.0.1', port: 5173, strictPort: true },
  test: {
    environment: 'happy-dom',
    env: { VITE_GRAPHQL_URL: process.env.GRAPHQL_URL ?? 'http://127.0.0.1:8080/graphql' },
  },
});
