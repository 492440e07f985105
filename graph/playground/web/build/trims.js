import { readFileSync } from 'node:fs';

// Modules that are replaced on the way into the bundle, by the end of their path. Each entry must be met, so that a
// module which moved in a new version is noticed.
const TRIMS = {
  // GraphiQL loads every image URL in a response that the pointer rests on, from wherever it points to. Nothing on this
  // page leaves the host, so the preview is left out rather than refused again and again by the browser.
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
