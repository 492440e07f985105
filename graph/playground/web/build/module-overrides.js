import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const CONTRAST = fileURLToPath(new URL('../src/contrast.js', import.meta.url));

// Modules that are replaced on the way into the bundle, by the end of their path. Each entry must be met, so that a
// module which moved in a new version is noticed.
const TRIMS = {
  // GraphiQL loads every image URL in a response that the pointer rests on, from wherever it points to. What this page
  // loads from elsewhere the visitor has asked it for, and pictures are shown below the answer anyway.
  '/@graphiql/react/dist/components/image-preview.js': () => `
    export const pathToURL = () => undefined;
    export const ImagePreview = Object.assign(() => null, { shouldRender: () => false });`,

  // GraphiQL prettifies variables with Prettier's Babel and ESTree parts, 540 kB. The JSON parser that it brings along
  // has a formatter too.
  '/@graphiql/react/dist/utility/jsonc.js': (id) => `
    import { applyEdits, format } from 'jsonc-parser';
    export * from ${JSON.stringify(`${id}?original`)};
    export const formatJSONC = async (text) =>
      applyEdits(text, format(text, undefined, { insertSpaces: true, tabSize: 2 }));`,

  // The themes of the editors are made before anything of the page could change them.
  '/@graphiql/react/dist/constants.js': (id) => `
    import { MONACO_THEME_DATA as theirs } from ${JSON.stringify(`${id}?original`)};
    import { readable } from ${JSON.stringify(CONTRAST)};
    export * from ${JSON.stringify(`${id}?original`)};
    export const MONACO_THEME_DATA = readable(theirs);`,
};

export function trims() {
  const missing = new Set(Object.keys(TRIMS));
  return {
    name: 'trims',
    load(id) {
      if (id.endsWith('?original')) return readFileSync(id.replace('?original', ''), 'utf8');
      const end = Object.keys(TRIMS).find((key) => id.endsWith(key));
      if (!end) return null;
      missing.delete(end);
      return { code: TRIMS[end](id), moduleSideEffects: false };
    },
    buildEnd(error) {
      if (!error && missing.size > 0) this.error(`nothing to replace at ${[...missing].join(', ')}`);
    },
  };
}
