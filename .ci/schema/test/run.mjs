import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../schema.mjs', import.meta.url));

// committed is the committed schema, which the tests modify.
export const committed = await readFile(new URL('../../../examples/schema.graphql', import.meta.url), 'utf8');

// changed returns the committed schema with replacements. Each pattern must match exactly once.
export function changed(...changes) {
  return changes.reduce((sdl, [from, to]) => {
    const parts = sdl.split(from);
    if (parts.length !== 2) throw new Error(`${from} matches ${parts.length - 1} times`);
    return parts.join(to);
  }, committed);
}

// run runs the program against a server with one schema, while another is committed.
//
//	const { status, stdout, stderr, file } = await run(t, { served, before }, '--record');
export async function run(t, { served, before = committed }, ...args) {
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/schema.graphql' ? 200 : 404;
    response.end(served);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  t.after(() => server.close());
  const folder = await mkdtemp(join(tmpdir(), 'schema-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'schema.graphql');
  await writeFile(file, before);
  const url = `http://127.0.0.1:${server.address().port}/`;
  const result = await start(url, '--file', file, ...args);
  return { ...result, url, file: await readFile(file, 'utf8') };
}

export function start(...args) {
  return new Promise((done) => {
    execFile(process.execPath, [PROGRAM, ...args], (error, stdout, stderr) =>
      done({ status: error ? error.code : 0, stdout, stderr }),
    );
  });
}
