import { defineConfig } from 'vite';
import { licenses } from './build/licenses.js';
import { moduleOverrides } from './build/module-overrides.js';

const { collect, write } = licenses('THIRD_PARTY_LICENSES.txt');

export default defineConfig({
  base: '/playground/',
  plugins: [moduleOverrides(), collect, write],
  worker: { format: 'es', plugins: () => [collect] },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    // Inlined files would be data: URLs, outside the browser's cache and the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The editor is one chunk of 3 MB that is fetched once and cached: splitting it has no benefit.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      // "use client" has no effect without server rendering, and a hundred libraries contain it.
      onLog: (level, log, handler) => log.code === 'MODULE_LEVEL_DIRECTIVE' || handler(level, log),
    },
  },
});
