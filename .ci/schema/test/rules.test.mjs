import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lint } from '../lint.mjs';
import { changed, committed, run } from './run.mjs';

test('the committed schema keeps to all rules, and what was checked is printed', async (t) => {
  const { status, stdout, stderr } = await run(t, { served: committed });
  assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  assert.match(stdout, /^\d\d types with \d\d+ fields keep to \d\d rules: /);
  for (const rule of ['relay-arguments', 'relay-connection-types', 'relay-edge-types', 'relay-page-info']) {
    assert.match(stdout, new RegExp(`\\b${rule}\\b`));
  }
});

const inside = (type, field) => new RegExp(`(?<=type ${type} \\{[^}]*)${field}`);

// Each breaks the schema by one thing; then the rule that must see it, and what it says of it.
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
  'a PageInfo that may not know': {
    change: ['hasNextPage: Boolean!', 'hasNextPage: Boolean'],
    found: ['relay-page-info', '`hasNextPage`'],
  },
  'a list that cannot be paged': {
    change: [/(?<= {2}voices\([^)]*)after: String/, 'behind: String'],
    found: ['relay-arguments', '`after`'],
  },
  'a field without a description': {
    change: [/"""\s+What it speaks[^"]*"""/, ''],
    found: ['require-description', 'language'],
  },
  'a type without an id that is not known to have none': {
    change: [/(?<=type LookReadiness)(?= \{)/, 'OfNow'],
    found: ['strict-id-in-types', '"LookReadinessOfNow"'],
  },
  'a field in capitals': {
    change: ['looksCount: Int!', 'LooksCount: Int!'],
    found: ['naming-convention', '"LooksCount"'],
  },
  'a root field that takes the others with it': {
    change: [/: VoiceConnection$/m, ': VoiceConnection!'],
    found: ['require-nullable-result-in-root', 'VoiceConnection'],
  },
};
const FOLLOWS = ['readiness: LookReadiness!', 'readiness: LookReadinessOfNow!']; // its type has another name then

test('a schema with faults fails', async (t) => {
  const served = changed(FOLLOWS, ...Object.values(FAULTS).map(({ change }) => change));
  const { status, stdout, stderr } = await run(t, { served, before: served });
  assert.equal(status, 1, stdout);
  assert.match(stderr, /^FAIL {2}The schema does not keep to the rules\.$/m);
  const lines = stdout.split('\n').filter((line) => line.startsWith('  schema.graphql:'));
  for (const [what, { found: [rule, words] }] of Object.entries(FAULTS)) {
    await t.test(`${what} is named`, () => {
      assert.ok(lines.some((line) => line.endsWith(` (${rule})`) && line.includes(words)), stdout);
    });
  }
  await t.test('and nothing else', () => assert.equal(lines.length, Object.keys(FAULTS).length, stdout));
});

test('a type that is not there fails', async (t) => {
  const served = changed(['readiness: LookReadiness!', 'readiness: Nothing!']);
  const { status, stdout } = await run(t, { served, before: served });
  assert.equal(status, 1);
  assert.match(stdout, /"Nothing".*\(not a schema\)$/m);
});

test('a comment in the schema turns no rule off', async (t) => {
  const served = `# eslint-disable\n${changed(['looksCount: Int!', 'LooksCount: Int!'])}`;
  const { status, stdout } = await run(t, { served, before: served });
  assert.equal(status, 1);
  assert.match(stdout, /naming-convention/);
});

test('a schema that is against the rules is not recorded', async (t) => {
  const served = changed(['looksCount: Int!', 'looksCount: Int!\n  Bad: Int']);
  const { status, file } = await run(t, { served }, '--record', '--breaking');
  assert.equal(status, 1);
  assert.equal(file, committed);
});

test('what is no schema fails', async (t) => {
  for (const served of ['', '<!doctype html>']) {
    const { status } = await run(t, { served });
    assert.equal(status, 1);
  }
});

test('a second schema in the same process is refused, for the plugin would go by the first', async () => {
  assert.deepEqual((await lint(committed)).problems, []);
  await assert.rejects(lint(changed(['looksCount: Int!', 'LooksCount: Int!'])), /one process lints one schema/);
});
