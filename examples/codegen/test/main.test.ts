import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { endpoint } from '../src/execute';
import { editRequests } from './intercept-fetch';

/** Runs the program of `npm start`. */
function start(url: string, ...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const options = { cwd: fileURLToPath(new URL('..', import.meta.url)), env: { ...process.env, GRAPHQL_URL: url } };
  return new Promise((resolve) => {
    execFile('node_modules/.bin/vite-node', ['src/main.ts', ...args], options, (error, stdout, stderr) =>
      resolve({ status: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

/** Returns a loopback port without a listener. */
async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('npm start prints a page of characters, and the looks and the voice of the first', async () => {
  const { status, stdout, stderr } = await start(endpoint);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^ {2}Monica +3 looks +female +group_monica$/m);
  expect(stdout.match(/^ .* \d+ looks? .*$/gm)).toHaveLength(10);
  expect(stdout).toMatch(/^ {2}ready +monica_office +Monica, office$/m);
  expect(stdout).toMatch(/^ {2}voice +5c3e9f1b7a2d4c60b8e1f7a94d20c6b3 +Monica – Calm, English\n +http.*\.wav$/m);
});

test('npm start accepts the id of a character', async () => {
  const { stdout } = await start(endpoint, '07fff2fe59aaccab5e6b035a727bd514');
  expect(stdout).toMatch(/^Tomas, created 2026-09-16/m);
});

test('npm start -- --search prints the characters that match, their number, and the looks of the first', async () => {
  const { status, stdout, stderr } = await start(endpoint, '--search', 'a');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout.match(/^ {2}.* \d+ looks? .*$/gm)).toHaveLength(10);
  expect(stdout).toMatch(/^ {2}10 of \d+ that match$/m);
  expect((await start(endpoint, '--search', 'mónica')).stdout).toMatch(/^Monica, created /m);
});

test('npm start -- --search says that no characters match', async () => {
  const { status, stdout } = await start(endpoint, '--search', 'zzzz');
  expect({ status, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({ status: 0, last: '  No characters match.' });
});

test('npm start exits with 1 and a message if the server is unreachable or the character does not exist', async () => {
  const url = `http://127.0.0.1:${await unusedPort()}/graphql`;
  const { status, stderr } = await start(url);
  expect(status).toBe(1);
  expect(stderr).toMatch(new RegExp(`^Cannot reach ${url}.\nIs the server running?.*\n$`));
  expect(await start(endpoint, 'unknown')).toMatchObject({ status: 1, stderr: 'Character unknown does not exist.\n' });
});

test('npm start prints the error of a failed field after the other fields', async () => {
  editRequests((body) => {
    if (body.variables.looks) body.variables.looks = 101; // the maximum is 100
  });
  const log = vi.spyOn(console, 'log').mockReturnValue();
  const error = vi.spyOn(console, 'error').mockReturnValue();
  process.argv.splice(2, Infinity, 'group_monica');
  await import('../src/main');
  expect(log.mock.lastCall![0]).toMatch(/\.wav$/);
  expect(error.mock.calls).toEqual([['\nSome fields failed: `first` must be between 0 and 100.']]);
});
