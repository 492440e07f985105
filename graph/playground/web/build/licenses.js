import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

// Packages without a license file, and a package with the same authors and license whose file is used instead.
const SUBSTITUTES = {
  '@graphiql/plugin-doc-explorer': '@graphiql/toolkit',
  '@graphiql/plugin-history': '@graphiql/toolkit',
  'react-compiler-runtime': 'react',
  'react-remove-scroll-bar': 'react-remove-scroll',
};

const LICENSE_FILE = /^(licen[cs]e|copying|copyright|notice|third-?party-?notices)/i;

// licenses returns two plugins that write the licenses of all bundled packages to fileName. `collect` is also a plugin
// of each worker's build, so that packages of the workers are included. A package without a license fails the build.
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

// packageFolder returns the folder of a module's package, or undefined for this project's own modules.
function packageFolder(id) {
  const [path] = id.replace(/^\0/, '').split('?');
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0];
}

function section(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  let texts = licenseTexts(folder);
  if (texts.length === 0 && SUBSTITUTES[name]) texts = licenseTexts(findPackage(folder, name, SUBSTITUTES[name]));
  if (texts.length === 0) throw new Error(`${name} ${version} (${license}) has no license file`);
  return [`${name} ${version} (${license})`, '='.repeat(78), ...texts, ''].join('\n');
}

function licenseTexts(folder) {
  return readdirSync(folder)
    .filter((file) => LICENSE_FILE.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim() + '\n');
}

// findPackage returns the folder of another package, searching upwards from the package in folder.
function findPackage(folder, name, other) {
  for (let parent = folder.slice(0, -name.length - 1); parent !== dirname(parent); parent = dirname(parent)) {
    if (existsSync(join(parent, other))) return join(parent, other);
  }
  throw new Error(`${name}: ${other} is not installed`);
}
