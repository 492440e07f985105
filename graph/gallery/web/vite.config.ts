import { defineConfig } from 'vite';

// The page around the picker. The picker is a script of its own, as on the pages of others.
export default defineConfig({
  base: '/gallery/',
  publicDir: false,
  build: {
    outDir: '../dist',
    emptyOutDir: false, // the picker's build, which is first, empties it
    target: 'es2022',
    assetsInlineLimit: 0, // data: URLs would be outside the Content-Security-Policy
    modulePreload: { polyfill: false },
  },
});
