import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { buildSchema, getVariableValues, Kind, parse, validate } from 'graphql';
import { EXAMPLES } from './examples.js';

const folder = new URL('../../../', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.graphqls'));
const schema = buildSchema(files.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n'));

for (const { title, query, variables, headers } of EXAMPLES) {
  test(`${title} is valid, and its operation has the name of its tab`, () => {
    const document = parse(query);
    assert.deepEqual(validate(schema, document), []);
    const [operation] = document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION);
    assert.equal(operation.name.value, title);
    const declared = operation.variableDefinitions.map((v) => v.variable.name.value);
    const values = JSON.parse(variables ?? '{}');
    assert.deepEqual(Object.keys(values), declared);
    assert.equal(getVariableValues(schema, operation.variableDefinitions, values).errors, undefined);
    JSON.parse(headers ?? '{}');
  });

  test(`${title} fits its pane without horizontal scrolling`, () => {
    for (const line of query.split('\n')) assert.ok(line.length <= 48, line);
  });

  if (title === 'Training') continue;
  test(`${title} uses no id, as none exists in every account`, () => {
    assert.doesNotMatch(query, /^[^#]*\bid:/m);
  });
}

test('Training watches a private group that is in training when a sandbox starts', () => {
  const catalogue = JSON.parse(readFileSync(new URL('../heygen/sandbox/catalogue.json', folder), 'utf8'));
  const { id } = JSON.parse(EXAMPLES.find(({ title }) => title === 'Training').variables);
  const group = catalogue.find((candidate) => candidate.id === id);
  assert.equal(group?.status, 'processing');
  assert.equal(group.ownership, 'private');
  assert.notEqual(group.consent_status, 'rejected');
});
