// coercion compares what a running server makes of requests with what graphql-js makes of them:
//
//	node coercion.mjs http://127.0.0.1:8080
//
// The server's HeyGen should be the embedded one. deviations.json has the cases that differ, each with the reason for leaving
// it so. It exits with 1 where another one differs, and where one of these no longer does.
import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { buildSchema } from 'graphql';
import { argumentCases } from './arguments.mjs';
import { bodyCases } from './bodies.mjs';
import { documentCases } from './documents.mjs';
import { operationCases } from './operations.mjs';
import { judge } from './reference.mjs';
import { ask, sdl } from './server.mjs';

const schema = buildSchema(await sdl());
const cases = [...argumentCases(schema), ...documentCases, ...operationCases, ...bodyCases];
const known = JSON.parse(await readFile(new URL('deviations.json', import.meta.url), 'utf8'));

function bodyOf({ body, query, variables, operationName }) {
  if (body !== undefined) return body;
  const members = { query: JSON.stringify(query), variables, operationName };
  return `{${Object.entries(members).filter(([, json]) => json).map(([name, json]) => `"${name}":${json}`).join(',')}}`;
}

// places is where the errors are, however many items the lists above them have, which differs between a HeyGen and none.
const places = ({ errors }) => [...new Set(errors.map((e) => e.path.filter((step) => typeof step === 'string').join('.')))].sort();

// BROKEN begins a difference that no reason excuses: the server gave no proper answer.
const BROKEN = 'no answer of GraphQL';

// difference says in which way a case differs, and is undefined where it does not.
async function difference(c) {
  const body = bodyOf(c);
  const want = c.want ?? (await judge(schema, body));
  const got = await ask(body);
  if (!['refused', 'executed'].includes(got.verdict)) return `${BROKEN}: ${got.verdict}`;
  if (got.verdict !== want.verdict) return `${told(want)} is right, and the server says ${told(got)}`;
  if (got.verdict === 'refused') return undefined;
  if (!want.plain) {
    if (!isDeepStrictEqual(places(got), places(want))) return `errors at [${places(want)}] are right, and the server has them at [${places(got)}]`;
    if (want.data !== undefined && JSON.stringify(got.data) !== JSON.stringify(want.data)) return `${short(want.data)} is right, and the server says ${short(got.data)}`;
    return undefined;
  }
  const plain = await ask(want.plain);
  if (JSON.stringify(got) !== JSON.stringify(plain)) return `it is the same as ${short(want.plain)}, and the server says ${short(got)} to the one, ${short(plain)} to the other`;
  return undefined;
}

const short = (value) => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 300);
const told = ({ verdict, why }) => (why ? `${verdict} (${short(why)})` : verdict);

const ids = new Set(cases.map((c) => c.id));
let wrong = 0;
const complain = (text) => {
  wrong++;
  console.log(text);
};
if (ids.size !== cases.length) complain(`broken     ${cases.length - ids.size} cases have the id of another one`);
let differences = 0;
for (const c of cases) {
  const how = await difference(c);
  if (how) differences++;
  if (how && (!(c.id in known) || how.startsWith(BROKEN))) complain(`different  ${c.id}: ${how}`);
  if (!how && c.id in known) complain(`the same   ${c.id}: deviations.json has it`);
}
for (const id of Object.keys(known)) if (!ids.has(id)) complain(`no case    ${id}: deviations.json has it`);
console.log(`coercion: ${cases.length} cases, ${cases.length - differences} the same, ${differences} differences, ${wrong === 0 ? 'each known' : `${wrong} complaints`}`);
process.exitCode = wrong === 0 ? 0 : 1;
