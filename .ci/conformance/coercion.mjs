// coercion compares how a running server and graphql-js process the same requests:
//
//	node coercion.mjs http://127.0.0.1:8080
//
// The server should use the embedded sandbox. deviations.json lists the known differences, each with its reason. The exit
// code is 1 if there is an unknown difference, or if a known one no longer exists.
import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { buildSchema } from 'graphql';
import { argumentCases } from './arguments.mjs';
import { bodyCases } from './bodies.mjs';
import { documentCases } from './documents.mjs';
import { operationCases } from './operations.mjs';
import { evaluate } from './reference.mjs';
import { post, sdl } from './server.mjs';

const schema = buildSchema(await sdl());
const cases = [...argumentCases(schema), ...documentCases, ...operationCases, ...bodyCases];
const deviations = JSON.parse(await readFile(new URL('deviations.json', import.meta.url), 'utf8'));

function bodyOf({ body, query, variables, operationName }) {
  if (body !== undefined) return body;
  const members = { query: JSON.stringify(query), variables, operationName };
  return `{${Object.entries(members).filter(([, json]) => json).map(([name, json]) => `"${name}":${json}`).join(',')}}`;
}

// errorPaths omits list indexes, as the lists of the sandbox and of the reference differ in length.
const errorPaths = ({ errors }) => [...new Set(errors.map((e) => e.path.filter((step) => typeof step === 'string').join('.')))].sort();

// INVALID starts a difference that deviations.json cannot excuse: the server did not return a valid response.
const INVALID = 'not a GraphQL response';

// difference describes how a case differs from the reference. It returns undefined if it does not.
async function difference(c) {
  const body = bodyOf(c);
  const want = c.want ?? (await evaluate(schema, body));
  const got = await post(body);
  if (!['rejected', 'executed'].includes(got.verdict)) return `${INVALID}: ${got.verdict}`;
  if (got.verdict !== want.verdict) return `got ${describe(got)}, want ${describe(want)}`;
  if (got.verdict === 'rejected') return undefined;
  if (!want.normalized) {
    if (!isDeepStrictEqual(errorPaths(got), errorPaths(want))) return `got errors at [${errorPaths(got)}], want [${errorPaths(want)}]`;
    if (want.data !== undefined && JSON.stringify(got.data) !== JSON.stringify(want.data)) return `got ${truncate(got.data)}, want ${truncate(want.data)}`;
    return undefined;
  }
  const normalized = await post(want.normalized);
  if (JSON.stringify(got) !== JSON.stringify(normalized)) return `got ${truncate(got)}, but ${truncate(normalized)} for the equivalent ${truncate(want.normalized)}`;
  return undefined;
}

const truncate = (value) => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 300);
const describe = ({ verdict, reason }) => (reason ? `${verdict} (${truncate(reason)})` : verdict);

const ids = new Set(cases.map((c) => c.id));
let failures = 0;
const fail = (message) => {
  failures++;
  console.log(message);
};
if (ids.size !== cases.length) fail(`broken     ${cases.length - ids.size} cases have a duplicate id`);
let differences = 0;
for (const c of cases) {
  const found = await difference(c);
  if (found) differences++;
  if (found && (!(c.id in deviations) || found.startsWith(INVALID))) fail(`different  ${c.id}: ${found}`);
  if (!found && c.id in deviations) fail(`equal      ${c.id}: listed in deviations.json`);
}
for (const id of Object.keys(deviations)) if (!ids.has(id)) fail(`no case    ${id}: listed in deviations.json`);
console.log(`coercion: ${cases.length} cases, ${cases.length - differences} equal, ${differences} different, ${failures === 0 ? 'all known' : `${failures} failures`}`);
process.exitCode = failures === 0 ? 0 : 1;
