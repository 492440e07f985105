import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { endpoint } from '../src/execute';
import { changing } from './intercept-fetch';

/** Runs what `npm start` runs. */
function start(url: string, ...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const options = { cwd: fileURLToPath(new URL('..', import.meta.url)), env: { ...process.env, GRAPHQL_URL: url } };
  return new Promise((done) => {
    execFile('node_modules/.bin/vite-node', ['src/main.ts', ...args], options, (error, stdout, stderr) =>
      done({ status: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

/** A port of this machine where nobody listens. */
async function free(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}

test('start prints a page of characters, and the first with its looks and its voice', async () => {
  const { status, stdout, stderr } = await start(endpoint);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^ {2}Monica +3 looks +female +group_monica$/m);
  expect(stdout.match(/^ .* \d+ looks? .*$/gm)).toHaveLength(10);
  expect(stdout).toMatch(/^ {2}ready +monica_office +Monica, office$/m);
  expect(stdout).toMatch(/^ {2}voice +5c3e9f1b7a2d4c60b8e1f7a94d20c6b3 +Monica – Calm, English\n +http.*\.wav$/m);
});

test('start takes the id of the character', async () => {
  const { stdout } = await start(endpoint, '07fff2fe59aaccab5e6b035a727bd514');
  expect(stdout).toMatch(/^Tomas, of 2026-09-16/m);
});

test('a server that is not there, or a character, is told in a sentence', async () => {
  const url = `http://127.0.0.1:${await free()}/graphql`;
  const { status, stderr } = await start(url);
  expect(status).toBe(1);
  expect(stderr).toMatch(new RegExp(`^${url} cannot be reached.\nDoes the server run?.*\n$`));
  expect(await start(endpoint, 'nobody')).toMatchObject({ status: 1, stderr: 'There is no character nobody.\n' });
});

test('what could not be had is told below the rest', async () => {
  changing((body) => {
    if (body.variables.looks) body.variables.looks = 101; // more than a list gives
  });
  const printed = vi.spyOn(console, 'log').mockReturnValue();
  const complained = vi.spyOn(console, 'error').mockReturnValue();
  process.argv[2] = 'group_monica';
  await import('../src/main');
  expect(printed.mock.lastCall![0]).toMatch(/\.wav$/);
  expect(complained.mock.calls).toEqual([['\nNot all of it: `first` must be between 0 and 100.']]);
});
