import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changed, committed, run, start } from './run.mjs';

const COUNT = 'looksCount: Int!';
const DESCRIBED = '"""\n  How many videos show it. Null when HeyGen does not say.\n  """';
const withField = changed([COUNT, `${COUNT}\n  ${DESCRIBED}\n  videosCount: Int`]);
const withEnumValue = changed([/(?<=enum VoiceStatus \{\n)/, '  """\n  Not started.\n  """\n  WAITING\n']);

test('a removed field fails and is listed', async (t) => {
  const { status, stdout, stderr, file } = await run(t, { served: committed, before: withField });
  assert.equal(status, 1);
  assert.match(stdout, /^breaking:\n {2}AvatarGroup\.videosCount: .*removed/m);
  assert.match(stderr, /^FAIL {2}The change breaks clients\./);
  assert.doesNotMatch(stderr, /differs from the committed one/);
  assert.equal(file, withField);
});

test('an added nullable field fails with the command that records it', async (t) => {
  const { status, stdout, stderr, url, file } = await run(t, { served: withField });
  assert.equal(status, 1);
  assert.doesNotMatch(stdout, /^breaking/m);
  assert.match(stdout, /^safe:\n {2}AvatarGroup\.videosCount: .*added/m);
  const command = `node .ci/schema/schema.mjs ${url} --record`;
  assert.ok(stderr.endsWith(`differs from the committed one. To record it:\n  ${command}\n`), stderr);
  assert.equal(file, committed);
});

test('a new enum value is listed as dangerous', async (t) => {
  const { status, stdout } = await run(t, { served: withEnumValue });
  assert.equal(status, 1);
  assert.match(stdout, /^dangerous:\n {2}VoiceStatus\.WAITING: /m);
});

test('a schema that differs only in formatting fails until it is recorded', async (t) => {
  const served = `${committed}\n# the end\n`;
  const before = await run(t, { served });
  assert.equal(before.status, 1);
  assert.match(before.stderr, /differs from the committed one/);
  const { status, file } = await run(t, { served }, '--record');
  assert.equal(status, 0);
  assert.equal(file, served);
});

test('--record records a change that breaks no clients', async (t) => {
  const { status, stdout, file } = await run(t, { served: withField }, '--record');
  assert.equal(status, 0);
  assert.match(stdout, /is recorded$/m);
  assert.equal(file, withField);
});

test('--record rejects a breaking change without --breaking', async (t) => {
  const rejected = await run(t, { served: committed, before: withField }, '--record');
  assert.equal(rejected.status, 1);
  assert.match(rejected.stderr, /--record --breaking/);
  assert.equal(rejected.file, withField);
  const { status, stdout, file } = await run(t, { served: committed, before: withField }, '--record', '--breaking');
  assert.equal(status, 0);
  assert.match(stdout, /^breaking:/m);
  assert.equal(file, committed);
});

test('an invalid command line has exit code 2', async () => {
  for (const args of [[], ['not a URL'], ['http://127.0.0.1:1/', '--breaking'], ['http://127.0.0.1:1/', '--nothing']]) {
    const { status, stderr } = await start(...args);
    assert.equal(status, 2);
    assert.match(stderr, /^usage:/m);
  }
});

test('an unreachable server fails', async () => {
  const { status, stderr } = await start('http://127.0.0.1:1/');
  assert.equal(status, 1);
  assert.match(stderr, /^FAIL {2}http:\/\/127\.0\.0\.1:1\/schema\.graphql cannot be fetched: /);
});
