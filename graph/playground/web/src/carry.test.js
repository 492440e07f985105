import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followingVariables, headersWithCredential } from './carry.js';
import { EXAMPLES } from './examples.js';

const untouched = EXAMPLES.find(({ title }) => title === 'NextPage').variables;

test('the cursor is put into variables as NextPage opens with them', () => {
  assert.deepEqual(JSON.parse(followingVariables(untouched, 'c1')), { after: 'c1' });
});

test('variables that somebody has touched stay', () => {
  const touched = ['{"after":"mine"}', '{"after":null,"first":3}', '{"before":null}', '{}', '', '[null]', '{"after":'];
  for (const text of touched) {
    assert.equal(followingVariables(text, 'c1'), undefined, text);
  }
});

test('without a cursor nothing is filled in', () => {
  assert.equal(followingVariables(untouched, undefined), undefined);
  assert.equal(followingVariables(untouched, null), undefined);
});

test('the credential goes along, beside the headers that are there', () => {
  const others = '{"x-api-key":"k","Other":"1"}';
  assert.deepEqual(JSON.parse(headersWithCredential('', others, 'X-Api-Key')), { 'x-api-key': 'k' });
  assert.deepEqual(JSON.parse(headersWithCredential('{"A":"b"}', others, 'X-Api-Key')), { A: 'b', 'x-api-key': 'k' });
});

test('a credential that is there stays, and none is made up', () => {
  const others = '{"X-Api-Key":"k"}';
  assert.equal(headersWithCredential('{"X-API-KEY":"mine"}', others, 'X-Api-Key'), undefined);
  assert.equal(headersWithCredential('{"A":', others, 'X-Api-Key'), undefined);
  for (const none of [null, undefined, '', '{}', '{"Authorization":"k"}', 'k']) {
    assert.equal(headersWithCredential('', none, 'X-Api-Key'), undefined, String(none));
  }
});
