import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXAMPLES } from './examples.js';
import { CredentialSync, fillCursor } from './tab-sync.js';

const unedited = EXAMPLES.find(({ title }) => title === 'NextPage').variables;

test('fillCursor sets the cursor in the initial variables of NextPage', () => {
  assert.deepEqual(JSON.parse(fillCursor(unedited, 'c1')), { after: 'c1' });
});

test('fillCursor leaves edited variables unchanged', () => {
  const edited = ['{"after":"mine"}', '{"after":null,"first":3}', '{"before":null}', '{}', '', '[null]', '{"after":'];
  for (const variables of edited) {
    assert.equal(fillCursor(variables, 'c1'), undefined, variables);
  }
});

test('fillCursor sets nothing without a cursor', () => {
  assert.equal(fillCursor(unedited, undefined), undefined);
  assert.equal(fillCursor(unedited, null), undefined);
});

// headersAfter returns the headers of a tab that is selected after the observed ones.
function headersAfter(observed, headers = '', name = 'X-Api-Key') {
  const credential = new CredentialSync(name);
  for (const tab of observed) credential.observe(tab);
  const synced = credential.addTo(headers);
  return synced && JSON.parse(synced);
}

const source = { id: '1', headers: '{"x-api-key":"k","Other":"1"}' };

test('the credential is added to the existing headers', () => {
  assert.deepEqual(headersAfter([source]), { 'x-api-key': 'k' });
  assert.deepEqual(headersAfter([source], '{"A":"b"}'), { A: 'b', 'x-api-key': 'k' });
});

test('an existing credential of either kind is not replaced, and none is invented', () => {
  for (const headers of ['{"X-API-KEY":"mine"}', '{"authorization":"Bearer mine"}', '{"A":']) {
    assert.equal(headersAfter([source], headers), undefined, headers);
    const token = { id: '1', headers: '{"Authorization":"t"}' };
    assert.equal(headersAfter([token], headers, 'Authorization'), undefined, headers);
  }
  for (const headers of [null, undefined, '', '{}', '{"A":"k"}', 'k']) {
    assert.equal(headersAfter([{ id: '1', headers }]), undefined, String(headers));
  }
});

test('a server with API keys accepts a token too, a server with tokens accepts no API key', () => {
  const token = { id: '1', headers: '{"Authorization":"Bearer t"}' };
  assert.deepEqual(headersAfter([token]), { Authorization: 'Bearer t' });
  assert.deepEqual(headersAfter([token], '', 'Authorization'), { Authorization: 'Bearer t' });
  assert.equal(headersAfter([source], '', 'Authorization'), undefined);
});

test('the credential stays available after its tab is left for tabs without one', () => {
  const tabs = [source, { id: '2', headers: '{"A":' }, { id: '3', headers: '' }];
  assert.deepEqual(headersAfter(tabs), { 'x-api-key': 'k' });
});

test('the last observed credential wins', () => {
  assert.deepEqual(headersAfter([source, { id: '2', headers: '{"Authorization":"t"}' }]), { Authorization: 't' });
});

test('a credential that is deleted in its source tab is dropped', () => {
  assert.equal(headersAfter([source, { id: '1', headers: '{"Other":"1"}' }]), undefined);
});
