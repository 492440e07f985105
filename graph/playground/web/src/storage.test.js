import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStorage } from './storage.js';

const SECRET = 'sk_secret';
const PERSIST_HEADERS = 'graphiql:shouldPersistHeaders';
const tabs = JSON.stringify({ activeTabIndex: 0, tabs: [{ query: '{a}', headers: SECRET, hash: `{a}||${SECRET}` }] });
const history = JSON.stringify({ queries: [{ query: '{a}', variables: '{"headers":"mine"}', headers: SECRET }] });

// Store has its items as own properties, as localStorage does.
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

test('by default everything except headers is persisted', () => {
  const store = new Store();
  const { storage } = createStorage(store);
  fill(storage);
  assert.doesNotMatch(JSON.stringify(store), /sk_secret/);
  assert.deepEqual(JSON.parse(storage.getItem('graphiql:queries')).queries, [
    { query: '{a}', variables: '{"headers":"mine"}', headers: '' },
  ]);
});

test('variables named headers are persisted', () => {
  const { storage } = createStorage(new Store());
  storage.setItem('graphiql:variables', '{"headers":"mine"}');
  assert.equal(storage.getItem('graphiql:variables'), '{"headers":"mine"}');
});

test('turning the setting on persists the headers entered before', () => {
  const { storage, persistsHeaders } = createStorage(new Store());
  fill(storage);
  storage.setItem(PERSIST_HEADERS, 'true');
  assert.ok(persistsHeaders());
  assert.equal(storage.getItem('graphiql:headers'), SECRET);
  assert.equal(storage.getItem('graphiql:tabState'), tabs);
  assert.equal(storage.getItem('graphiql:queries'), history);
});

test('turning the setting off removes the headers everywhere, and from later writes', () => {
  const store = new Store();
  const { storage, persistsHeaders } = createStorage(store);
  storage.setItem(PERSIST_HEADERS, 'true');
  fill(storage);
  assert.match(JSON.stringify(store), /sk_secret/);
  storage.setItem(PERSIST_HEADERS, 'false');
  assert.doesNotMatch(JSON.stringify(store), /sk_secret/);
  fill(storage);
  assert.doesNotMatch(JSON.stringify(store), /sk_secret/);
  assert.equal(persistsHeaders(), false);
});

test('turning the setting on does not restore a deleted header', () => {
  const store = new Store();
  const { storage } = createStorage(store);
  fill(storage);
  for (const key of ['headers', 'tabState', 'queries', 'favorites']) storage.removeItem(`graphiql:${key}`);
  storage.setItem(PERSIST_HEADERS, 'true');
  assert.doesNotMatch(JSON.stringify(store), /sk_secret/);
});

test('clear removes only the keys of this project, not those of others on the same port', () => {
  const store = new Store();
  store.setItem('graphiql:query', 'of another project');
  const { storage } = createStorage(store);
  storage.setItem('graphiql:query', '{a}');
  assert.equal(storage.length, 1);
  storage.clear();
  assert.deepEqual({ ...store }, { 'graphiql:query': 'of another project' });
});

test('without localStorage nothing is persisted and no call fails', () => {
  const { storage, persistsHeaders } = createStorage(null);
  assert.equal(storage, null);
  assert.equal(persistsHeaders(), false);
});
