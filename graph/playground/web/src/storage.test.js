import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStorage } from './storage.js';

const SECRET = 'sk_secret';
const CHOICE = 'graphiql:shouldPersistHeaders';
const tabs = JSON.stringify({ activeTabIndex: 0, tabs: [{ query: '{a}', headers: SECRET, hash: `{a}||${SECRET}` }] });
const history = JSON.stringify({ queries: [{ query: '{a}', variables: '{"headers":"mine"}', headers: SECRET }] });

// Store keeps its items as its own properties, as localStorage does.
class Store {
  getItem(key) {
    return this[key] ?? null;
  }
  setItem(key, value) {
    this[key] = String(value);
  }
  removeItem(key) {
    delete this[key];
  }
}

function fill(storage) {
  storage.setItem('graphiql:headers', SECRET);
  storage.setItem('graphiql:tabState', tabs);
  storage.setItem('graphiql:queries', history);
  storage.setItem('graphiql:favorites', history.replace('queries', 'favorites'));
}

test('no header is kept unless asked for, and everything else is', () => {
  const store = new Store();
  const { storage } = createStorage(store);
  fill(storage);
  assert.doesNotMatch(JSON.stringify(store), /sk_secret/);
  assert.deepEqual(JSON.parse(storage.getItem('graphiql:queries')).queries, [
    { query: '{a}', variables: '{"headers":"mine"}', headers: '' },
  ]);
});

test('variables named headers are kept', () => {
  const { storage } = createStorage(new Store());
  storage.setItem('graphiql:variables', '{"headers":"mine"}');
  assert.equal(storage.getItem('graphiql:variables'), '{"headers":"mine"}');
});

test('the choice "on" keeps what was typed before it', () => {
  const { storage, keepsHeaders } = createStorage(new Store());
  fill(storage);
  storage.setItem(CHOICE, 'true');
  assert.ok(keepsHeaders());
  assert.equal(storage.getItem('graphiql:headers'), SECRET);
  assert.equal(storage.getItem('graphiql:tabState'), tabs);
  assert.equal(storage.getItem('graphiql:queries'), history);
});

test('the choice "off" takes the headers out of everything, later writes too', () => {
  const store = new Store();
  const { storage, keepsHeaders } = createStorage(store);
  storage.setItem(CHOICE, 'true');
  fill(storage);
  assert.match(JSON.stringify(store), /sk_secret/);
  storage.setItem(CHOICE, 'false');
  assert.doesNotMatch(JSON.stringify(store), /sk_secret/);
  fill(storage);
  assert.doesNotMatch(JSON.stringify(store), /sk_secret/);
  assert.equal(keepsHeaders(), false);
});

test('a header that was deleted does not come back with the choice "on"', () => {
  const store = new Store();
  const { storage } = createStorage(store);
  fill(storage);
  for (const key of ['headers', 'tabState', 'queries', 'favorites']) storage.removeItem(`graphiql:${key}`);
  storage.setItem(CHOICE, 'true');
  assert.doesNotMatch(JSON.stringify(store), /sk_secret/);
});

test('clear takes what is ours and leaves the neighbours on the same port alone', () => {
  const store = new Store();
  store.setItem('graphiql:query', 'of another project');
  const { storage } = createStorage(store);
  storage.setItem('graphiql:query', '{a}');
  assert.equal(storage.length, 1);
  storage.clear();
  assert.deepEqual({ ...store }, { 'graphiql:query': 'of another project' });
});

test('without a storage nothing is remembered and nothing breaks', () => {
  const { storage, keepsHeaders } = createStorage(null);
  assert.equal(storage, null);
  assert.equal(keepsHeaders(), false);
});
