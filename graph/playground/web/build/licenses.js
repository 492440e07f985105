import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

// Packages that ship no licence text of their own, and the package of the same authors and licence whose text stands in.
const STAND_INS = {
  '@graphiql/plugin-doc-explorer': '@graphiql/toolkit',
  '@graphiql/plugin-history': '@graphiql/toolkit',
  'react-compiler-runtime': 'react',
  'react-remove-scroll-bar': 'react-remove-scroll',
};

const TEXTS = /^(licen[cs]e|copying|copyright|notice|third-?party-?notices)/i;

// licenses writes the texts of all packages that ended up in the output, the workers' included: its `collect` is also
// a plugin of each worker's build. A package without a text stops the build.
export function licenses(fileName) {
  const folders = new Set();
  const collect = {
    name: 'licenses-collect',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        for (const id of chunk.moduleIds ?? []) {
          const folder = packageFolder(id);
          if (folder) folders.add(folder);
        }
      }
    },
  };
  const write = {
    name: 'licenses-write',
    enforce: 'post',
    generateBundle() {
      const sections = [...folders].map(section).sort();
      this.emitFile({ type: 'asset', fileName, source: sections.join('\n') });
    },
  };
  return { collect, write };
}

// packageFolder is the folder of the package that the module belongs to; modules of our own have none.
function packageFolder(id) {
  const [path] = id.replace(/^\0/, '').split('?');
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0];
}

function section(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  let texts = textsOf(folder);
  if (texts.length === 0 && STAND_INS[name]) texts = textsOf(sibling(folder, name, STAND_INS[name]));
  if (texts.length === 0) throw new Error(`${name} ${version} (${license}) ships no licence text`);
  return [`${name} ${version} (${license})`, '='.repeat(78), ...texts, ''].join('\n');
}

function textsOf(folder) {
  return readdirSync(folder)
    .filter((file) => TEXTS.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim() + '\n');
}

function sibling(folder, name, other) {
  for (let at = folder.slice(0, -name.length - 1); at !== dirname(at); at = dirname(at)) {
    if (existsSync(join(at, other))) return join(at, other);
  }
  throw new Error(`${name}: ${other} is not installed`);
}
