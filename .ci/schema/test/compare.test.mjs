import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changed, committed, run, start } from './run.mjs';

const COUNT = 'looksCount: Int!';
const DESCRIBED = '"""\n  How many videos show it. Null when HeyGen does not say.\n  """';
const more = changed([COUNT, `${COUNT}\n  ${DESCRIBED}\n  videosCount: Int`]);
const value = changed([/(?<=enum VoiceStatus \{\n)/, '  """\n  Not begun.\n  """\n  WAITING\n']);

test('a removed field fails, and is listed', async (t) => {
  const { status, stdout, stderr, file } = await run(t, { served: committed, before: more });
  assert.equal(status, 1);
  assert.match(stdout, /^breaking:\n {2}AvatarGroup\.videosCount: .*removed/m);
  assert.match(stderr, /^FAIL {2}Clients break\./);
  assert.doesNotMatch(stderr, /is not the committed one/);
  assert.equal(file, more);
});

test('an added nullable field fails too, with the command that records it', async (t) => {
  const { status, stdout, stderr, url, file } = await run(t, { served: more });
  assert.equal(status, 1);
  assert.doesNotMatch(stdout, /^breaking/m);
  assert.match(stdout, /^safe:\n {2}AvatarGroup\.videosCount: .*added/m);
  const command = `node .ci/schema/schema.mjs ${url} --record`;
  assert.ok(stderr.endsWith(`is not the committed one. This records it:\n  ${command}\n`), stderr);
  assert.equal(file, committed);
});

test('a new value of an enum is listed as dangerous', async (t) => {
  const { status, stdout } = await run(t, { served: value });
  assert.equal(status, 1);
  assert.match(stdout, /^dangerous:\n {2}VoiceStatus\.WAITING: /m);
});

test('another layout of the same schema fails until it is recorded', async (t) => {
  const served = `${committed}\n# the end\n`;
  const before = await run(t, { served });
  assert.equal(before.status, 1);
  assert.match(before.stderr, /is not the committed one/);
  const { status, file } = await run(t, { served }, '--record');
  assert.equal(status, 0);
  assert.equal(file, served);
});

test('--record records what breaks nobody', async (t) => {
  const { status, stdout, file } = await run(t, { served: more }, '--record');
  assert.equal(status, 0);
  assert.match(stdout, /is recorded$/m);
  assert.equal(file, more);
});

test('--record refuses what breaks clients, unless --breaking is given', async (t) => {
  const refused = await run(t, { served: committed, before: more }, '--record');
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /--record --breaking/);
  assert.equal(refused.file, more);
  const { status, stdout, file } = await run(t, { served: committed, before: more }, '--record', '--breaking');
  assert.equal(status, 0);
  assert.match(stdout, /^breaking:/m);
  assert.equal(file, committed);
});

test('a wrong command line is told from a wrong schema by its status', async () => {
  for (const args of [[], ['not a URL'], ['http://127.0.0.1:1/', '--breaking'], ['http://127.0.0.1:1/', '--nothing']]) {
    const { status, stderr } = await start(...args);
    assert.equal(status, 2);
    assert.match(stderr, /^usage:/m);
  }
});

test('a server that cannot be reached fails', async () => {
  const { status, stderr } = await start('http://127.0.0.1:1/');
  assert.equal(status, 1);
  assert.match(stderr, /^FAIL {2}http:\/\/127\.0\.0\.1:1\/schema\.graphql cannot be read: /);
});
