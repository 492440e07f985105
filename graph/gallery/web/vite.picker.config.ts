import { copyFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { licenses } from '../../playground/web/build/licenses.js';

const MAX_BYTES = 60_000; // compressed

const { collect, write } = licenses('THIRD_PARTY_LICENSES.txt');

// maxSize fails the build of a script that is too large for a page.
const maxSize: Plugin = {
  name: 'max-size',
  writeBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk') continue;
      const bytes = gzipSync(file.code, { level: 9 }).length;
      console.log(`${file.fileName}: ${bytes} bytes compressed, maximum ${MAX_BYTES}`);
      if (bytes > MAX_BYTES) throw new Error(`${file.fileName} is too large`);
    }
  },
};

// publicFiles copies what users of the picker and the server read.
const publicFiles: Plugin = {
  name: 'public-files',
  writeBundle() {
    copyFileSync('src/picker.d.ts', '../dist/picker.d.ts');
    copyFileSync('src/gql/persisted-documents.json', '../dist/documents.json');
  },
};

// The picker: one module, which a page loads with one script element.
export default defineConfig({
  plugins: [collect, write, maxSize, publicFiles],
  publicDir: false,
  define: { 'process.env.NODE_ENV': '"production"' }, // Vite leaves it in libraries, and browsers have no process
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    lib: { entry: 'src/element/picker.ts', formats: ['es'], fileName: () => 'picker.js' },
    rolldownOptions: { output: { minify: true } }, // Vite keeps white space in libraries
  },
});
