import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const CONTRAST = fileURLToPath(new URL('../src/contrast.js', import.meta.url));

// Modules that are replaced in the bundle, by path suffix. The build fails if an entry matches no module, so that a
// module which moves in a new version is noticed.
const OVERRIDES = {
  // GraphiQL loads any image URL of a response that the pointer hovers over, from any host. This page loads from other
  // hosts only on the user's request, and renders images below the response anyway.
  '/@graphiql/react/dist/components/image-preview.js': () => `
    export const pathToURL = () => undefined;
    export const ImagePreview = Object.assign(() => null, { shouldRender: () => false });`,

  // GraphiQL formats variables with Prettier's Babel and ESTree parts, 540 kB. The JSON parser that it also depends on
  // has a formatter too.
  '/@graphiql/react/dist/utility/jsonc.js': (id) => `
    import { applyEdits, format } from 'jsonc-parser';
    export * from ${JSON.stringify(`${id}?original`)};
    export const formatJSONC = async (json) =>
      applyEdits(json, format(json, undefined, { insertSpaces: true, tabSize: 2 }));`,

  // The editors' themes are created before the page's code could change them.
  '/@graphiql/react/dist/constants.js': (id) => `
    import { MONACO_THEME_DATA as originalThemes } from ${JSON.stringify(`${id}?original`)};
    import { withAccessibleColors } from ${JSON.stringify(CONTRAST)};
    export * from ${JSON.stringify(`${id}?original`)};
    export const MONACO_THEME_DATA = withAccessibleColors(originalThemes);`,
};

// moduleOverrides returns the plugin that replaces them.
export function moduleOverrides() {
  const unmatched = new Set(Object.keys(OVERRIDES));
  return {
    name: 'module-overrides',
    load(id) {
      if (id.endsWith('?original')) return readFileSync(id.replace('?original', ''), 'utf8');
      const suffix = Object.keys(OVERRIDES).find((path) => id.endsWith(path));
      if (!suffix) return null;
      unmatched.delete(suffix);
      return { code: OVERRIDES[suffix](id), moduleSideEffects: false };
    },
    buildEnd(error) {
      if (!error && unmatched.size > 0) this.error(`no module matches ${[...unmatched].join(', ')}`);
    },
  };
}
