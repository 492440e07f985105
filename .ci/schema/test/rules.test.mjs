import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lint } from '../lint.mjs';
import { changed, committed, run } from './run.mjs';

test('the committed schema passes all rules, whose names are printed', async (t) => {
  const { status, stdout, stderr } = await run(t, { served: committed });
  assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  assert.match(stdout, /^\d\d types with \d\d+ fields pass \d\d rules: /);
  for (const rule of ['relay-arguments', 'relay-connection-types', 'relay-edge-types', 'relay-page-info']) {
    assert.match(stdout, new RegExp(`\\b${rule}\\b`));
  }
});

const inside = (type, field) => new RegExp(`(?<=type ${type} \\{[^}]*)${field}`);

// Each has one fault, the rule that must find it, and a part of the message.
const FAULTS = {
  'a connection without pageInfo': {
    change: [inside('VoiceConnection', 'pageInfo: PageInfo!'), 'page: PageInfo!'],
    found: ['relay-connection-types', '`pageInfo`'],
  },
  'an edge whose cursor is a list': {
    change: [inside('VoiceEdge', 'cursor: String!'), 'cursor: [String!]!'],
    found: ['relay-edge-types', '`cursor`'],
  },
  'an edge whose node is no Node': {
    change: [inside('AvatarLookEdge', 'node: AvatarLook!'), 'node: TrainingError!'],
    found: ['relay-edge-types', '`node` must implement'],
  },
  'a PageInfo with nullable fields': {
    change: ['hasNextPage: Boolean!', 'hasNextPage: Boolean'],
    found: ['relay-page-info', '`hasNextPage`'],
  },
  'a list without `after`': {
    change: [/(?<= {2}voices\([^)]*)after: String/, 'behind: String'],
    found: ['relay-arguments', '`after`'],
  },
  'a field without a description': {
    change: [/"""[^"]*"""(?=\n {2}language: String$)/m, ''],
    found: ['require-description', 'language'],
  },
  'a type without an id that is not an exception': {
    change: [/(?<=type LookReadiness)(?= \{)/, 'OfNow'],
    found: ['strict-id-in-types', '"LookReadinessOfNow"'],
  },
  'a field that starts with a capital': {
    change: ['looksCount: Int!', 'LooksCount: Int!'],
    found: ['naming-convention', '"LooksCount"'],
  },
  'an enum that no field returns': {
    change: ['enum ErrorCode {', 'enum OtherCode {'],
    found: ['no-unreachable-types', '`OtherCode`'],
  },
  'a non-null root field': {
    change: [/: VoiceConnection$/m, ': VoiceConnection!'],
    found: ['require-nullable-result-in-root', 'VoiceConnection'],
  },
};
const RENAMED_TYPE = ['readiness: LookReadiness!', 'readiness: LookReadinessOfNow!']; // follows from one of the faults

test('a schema with faults fails', async (t) => {
  const served = changed(RENAMED_TYPE, ...Object.values(FAULTS).map(({ change }) => change));
  const { status, stdout, stderr } = await run(t, { served, before: served });
  assert.equal(status, 1, stdout);
  assert.match(stderr, /^FAIL {2}The schema violates the rules\.$/m);
  const lines = stdout.split('\n').filter((line) => line.startsWith('  schema.graphql:'));
  for (const [fault, { found: [rule, message] }] of Object.entries(FAULTS)) {
    await t.test(`${fault} is reported`, () => {
      assert.ok(lines.some((line) => line.endsWith(` (${rule})`) && line.includes(message)), stdout);
    });
  }
  await t.test('no other problem is reported', () => assert.equal(lines.length, Object.keys(FAULTS).length, stdout));
});

test('an undefined type fails', async (t) => {
  const served = changed(['readiness: LookReadiness!', 'readiness: Nothing!']);
  const { status, stdout } = await run(t, { served, before: served });
  assert.equal(status, 1);
  assert.match(stdout, /"Nothing".*\(not a schema\)$/m);
});

test('a comment in the schema does not disable a rule', async (t) => {
  const served = `# eslint-disable\n${changed(['looksCount: Int!', 'LooksCount: Int!'])}`;
  const { status, stdout } = await run(t, { served, before: served });
  assert.equal(status, 1);
  assert.match(stdout, /naming-convention/);
});

test('a schema that violates the rules is not recorded', async (t) => {
  const served = changed(['looksCount: Int!', 'looksCount: Int!\n  Bad: Int']);
  const { status, file } = await run(t, { served }, '--record', '--breaking');
  assert.equal(status, 1);
  assert.equal(file, committed);
});

test('a response that is not a schema fails', async (t) => {
  for (const served of ['', '<!doctype html>']) {
    const { status } = await run(t, { served });
    assert.equal(status, 1);
  }
});

test('lint rejects a second schema in the same process', async () => {
  assert.deepEqual((await lint(committed)).problems, []);
  await assert.rejects(lint(changed(['looksCount: Int!', 'LooksCount: Int!'])), /lint can be called once per process/);
});
