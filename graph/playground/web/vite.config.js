import { defineConfig } from 'vite';
import { licenses } from './build/licenses.js';
import { trims } from './build/module-overrides.js';

const { collect, write } = licenses('THIRD_PARTY_LICENSES.txt');

export default defineConfig({
  base: '/playground/',
  plugins: [trims(), collect, write],
  worker: { format: 'es', plugins: () => [collect] },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    // Inlined files would be data: URLs that no cache and no policy sees.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The editor is one chunk of 3 MB that is fetched once and kept: splitting it gains nothing.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      // "use client" means nothing to a page without a rendering server, and a hundred libraries say it.
      onLog: (level, log, handler) => log.code === 'MODULE_LEVEL_DIRECTIVE' || handler(level, log),
    },
  },
});
