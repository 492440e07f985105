import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Credential, followingVariables } from './tab-sync.js';
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

// after gives the headers of a tab that is turned to once these have been seen.
function after(seen, text = '', name = 'X-Api-Key') {
  const credential = new Credential(name);
  for (const tab of seen) credential.see(tab);
  const headers = credential.addedTo(text);
  return headers && JSON.parse(headers);
}

const held = { id: '1', headers: '{"x-api-key":"k","Other":"1"}' };

test('the credential goes along, beside the headers that are there', () => {
  assert.deepEqual(after([held]), { 'x-api-key': 'k' });
  assert.deepEqual(after([held], '{"A":"b"}'), { A: 'b', 'x-api-key': 'k' });
});

test('a credential that is there stays, whichever it is, and none is made up', () => {
  for (const text of ['{"X-API-KEY":"mine"}', '{"authorization":"Bearer mine"}', '{"A":']) {
    assert.equal(after([held], text), undefined, text);
    assert.equal(after([{ id: '1', headers: '{"Authorization":"t"}' }], text, 'Authorization'), undefined, text);
  }
  for (const headers of [null, undefined, '', '{}', '{"A":"k"}', 'k']) {
    assert.equal(after([{ id: '1', headers }]), undefined, String(headers));
  }
});

test('where callers bring keys a token goes along too, and where tokens are asked for a key does not', () => {
  const token = { id: '1', headers: '{"Authorization":"Bearer t"}' };
  assert.deepEqual(after([token]), { Authorization: 'Bearer t' });
  assert.deepEqual(after([token], '', 'Authorization'), { Authorization: 'Bearer t' });
  assert.equal(after([held], '', 'Authorization'), undefined);
});

test('it outlives the tab that had it, through tabs that have none', () => {
  assert.deepEqual(after([held, { id: '2', headers: '{"A":' }, { id: '3', headers: '' }]), { 'x-api-key': 'k' });
});

test('the last one that was seen counts', () => {
  assert.deepEqual(after([held, { id: '2', headers: '{"Authorization":"t"}' }]), { Authorization: 't' });
});

test('one that is taken out is forgotten', () => {
  assert.equal(after([held, { id: '1', headers: '{"Other":"1"}' }]), undefined);
});
