// schema checks the schema that a running server tells: by graphql-eslint's rules, and that it is the committed one.
//
//	node .ci/schema/schema.mjs http://127.0.0.1:8080                        check it
//	node .ci/schema/schema.mjs http://127.0.0.1:8080 --record               commit to a new one, unless it breaks clients
//	node .ci/schema/schema.mjs http://127.0.0.1:8080 --record --breaking    even so
//
// --file names another file than examples/schema.graphql. It exits with 1 if anything does not hold.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compare, size } from './compare.mjs';

const COMMITTED = fileURLToPath(new URL('../../examples/schema.graphql', import.meta.url));

function usage(why) {
  console.error(`${why}\nusage: node schema.mjs <base URL> [--record [--breaking]] [--file <the committed schema>]`);
  process.exit(2);
}

function settings() {
  const options = {
    record: { type: 'boolean' },
    breaking: { type: 'boolean' },
    file: { type: 'string', default: COMMITTED },
  };
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (positionals.length !== 1 || !URL.canParse(positionals[0])) usage('The URL of a server is needed.');
    if (values.breaking && !values.record) usage('--breaking goes with --record alone.');
    return { base: positionals[0], ...values };
  } catch (error) {
    return usage(error.message);
  }
}

async function served(base) {
  const url = new URL('/schema.graphql', base);
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch((error) => {
    throw new Error(`${url} cannot be read: ${error.cause?.message ?? error.message}`);
  });
  if (!answer.ok) throw new Error(`${url} is ${answer.status}`);
  return answer.text();
}

function list(title, lines) {
  if (lines.length > 0) console.log(`${title}:\n${lines.map((line) => `  ${line}`).join('\n')}`);
}

// verdict is what is wrong with the difference, in a sentence that says what to do; undefined: nothing is.
function verdict({ breaking, same }, { base, record, breaking: allowed }) {
  if (breaking.length > 0 && !(record && allowed)) {
    return 'Clients break. If they are to, record the new schema with --record --breaking.';
  }
  if (same || record) return undefined;
  return `The served schema is not the committed one. This records it:\n  node .ci/schema/schema.mjs ${base} --record`;
}

async function main(given) {
  const sdl = await served(given.base);
  const { lint } = await import('./lint.mjs'); // here, for it takes two seconds
  const { problems, rules } = await lint(sdl);
  list('against the rules', problems);
  if (problems.length > 0) throw new Error('The schema does not keep to the rules.');
  const { types, fields } = size(sdl);
  console.log(`${types} types with ${fields} fields keep to ${rules.length} rules: ${rules.join(', ')}`);

  const changes = await compare(await readFile(given.file, 'utf8'), sdl);
  list('breaking', changes.breaking);
  list('dangerous', changes.dangerous);
  list('safe', changes.safe);
  const wrong = verdict(changes, given);
  if (wrong) throw new Error(wrong);
  if (changes.same) {
    console.log(`${given.file} is the served schema`);
    return;
  }
  await writeFile(given.file, sdl);
  console.log(`${given.file} is recorded`);
}

try {
  await main(settings());
} catch (error) {
  console.error(`FAIL  ${error.message}`);
  process.exitCode = 1;
}
