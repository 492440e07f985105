// schema checks the schema of a running server: that it passes graphql-eslint's rules and equals the committed schema.
//
//	node .ci/schema/schema.mjs http://127.0.0.1:8080                        check it
//	node .ci/schema/schema.mjs http://127.0.0.1:8080 --record               record it, unless it breaks clients
//	node .ci/schema/schema.mjs http://127.0.0.1:8080 --record --breaking    record it in any case
//
// --file replaces examples/schema.graphql. The exit code is 1 if a check fails, 2 for an invalid command line.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compare, size } from './compare.mjs';

const COMMITTED = fileURLToPath(new URL('../../examples/schema.graphql', import.meta.url));

function usage(reason) {
  console.error(`${reason}\nusage: node schema.mjs <base URL> [--record [--breaking]] [--file <committed schema>]`);
  process.exit(2);
}

function parseCommandLine() {
  const flags = {
    record: { type: 'boolean' },
    breaking: { type: 'boolean' },
    file: { type: 'string', default: COMMITTED },
  };
  try {
    const { values, positionals } = parseArgs({ options: flags, allowPositionals: true });
    if (positionals.length !== 1 || !URL.canParse(positionals[0])) usage('The base URL of a server is required.');
    if (values.breaking && !values.record) usage('--breaking requires --record.');
    return { base: positionals[0], ...values };
  } catch (error) {
    return usage(error.message);
  }
}

async function fetchSchema(base) {
  const url = new URL('/schema.graphql', base);
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch((error) => {
    throw new Error(`${url} cannot be fetched: ${error.cause?.message ?? error.message}`);
  });
  if (!response.ok) throw new Error(`${url}: status ${response.status}`);
  return response.text();
}

function list(title, lines) {
  if (lines.length > 0) console.log(`${title}:\n${lines.map((line) => `  ${line}`).join('\n')}`);
}

// failure returns why the changes fail the check and what to do about it, or undefined if they pass.
function failure({ breaking, same }, { base, record, breaking: allowed }) {
  if (breaking.length > 0 && !(record && allowed)) {
    return 'The change breaks clients. If that is intended, record the schema with --record --breaking.';
  }
  if (same || record) return undefined;
  return `The schema differs from the committed one. To record it:\n  node .ci/schema/schema.mjs ${base} --record`;
}

async function main(options) {
  const sdl = await fetchSchema(options.base);
  const { lint } = await import('./lint.mjs'); // imported late, as it takes two seconds
  const { problems, rules } = await lint(sdl);
  list('problems', problems);
  if (problems.length > 0) throw new Error('The schema violates the rules.');
  const { types, fields } = size(sdl);
  console.log(`${types} types with ${fields} fields pass ${rules.length} rules: ${rules.join(', ')}`);

  const changes = await compare(await readFile(options.file, 'utf8'), sdl);
  list('breaking', changes.breaking);
  list('dangerous', changes.dangerous);
  list('safe', changes.safe);
  const reason = failure(changes, options);
  if (reason) throw new Error(reason);
  if (changes.same) {
    console.log(`${options.file} is up to date`);
    return;
  }
  await writeFile(options.file, sdl);
  console.log(`${options.file} is recorded`);
}

try {
  await main(parseCommandLine());
} catch (error) {
  console.error(`FAIL  ${error.message}`);
  process.exitCode = 1;
}
