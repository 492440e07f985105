import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema } from 'graphql';
import { findPreviews, formatPath, mediaSrc } from './previews.js';

const find = (query, data, { operationName, schema } = {}) => findPreviews({ query, operationName }, { data }, schema);
const urls = (list) => list.map(({ url }) => url);

test('an image is found by its field name, with its name and its response path', () => {
  const query = '{ avatarGroups { nodes { name previewImageUrl } } }';
  const nodes = [{ name: 'A', previewImageUrl: 'http://u1' }, { name: 'B', previewImageUrl: 'http://u2' }];
  assert.deepEqual(find(query, { avatarGroups: { nodes } }), [
    { kind: 'image', url: 'http://u1', name: 'A', path: ['data', 'avatarGroups', 'nodes', 0, 'previewImageUrl'] },
    { kind: 'image', url: 'http://u2', name: 'B', path: ['data', 'avatarGroups', 'nodes', 1, 'previewImageUrl'] },
  ]);
});

test('aliases of the image, the name and their parents do not matter', () => {
  const query = '{ them: avatarGroups { those: nodes { called: name face: previewImageUrl } } }';
  const [one] = find(query, { them: { those: [{ called: 'A', face: 'http://u' }] } });
  assert.deepEqual([one.url, one.name, formatPath(one.path)], ['http://u', 'A', 'them.those[0].face']);
});

test('an alias equal to the field name is no preview', () => {
  const query = '{ avatarGroup(id: 1) { previewImageUrl: name name: previewImageUrl } }';
  const list = find(query, { avatarGroup: { previewImageUrl: 'A', name: 'http://u' } });
  assert.deepEqual(list.map(({ url, name }) => [url, name]), [['http://u', 'A']]);
});

test('one object may have several previews, and images differ from audio', () => {
  const query = `{ avatarGroup(id: 1) {
    a: previewImageUrl b: previewImageUrl defaultVoice { name previewAudioUrl } } }`;
  const defaultVoice = { name: 'V', previewAudioUrl: 'http://u3' };
  const data = { avatarGroup: { a: 'http://u1', b: 'http://u2', defaultVoice } };
  assert.deepEqual(find(query, data).map(({ kind, url }) => [kind, url]), [
    ['image', 'http://u1'],
    ['image', 'http://u2'],
    ['audio', 'http://u3'],
  ]);
});

test('inline fragments, named fragments and repeated fields are followed', () => {
  const query = `query { avatarGroup(id: 1) { ...G looks { nodes { name } } } }
    fragment G on AvatarGroup { looks { nodes { ... { ...L } } } }
    fragment L on AvatarLook { previewImageUrl }`;
  const data = { avatarGroup: { looks: { nodes: [{ name: 'L', previewImageUrl: 'http://u' }] } } };
  assert.deepEqual(find(query, data).map(({ url, name }) => [url, name]), [['http://u', 'L']]);
});

test('__typename decides between fields of two types under one response key', () => {
  const schema = buildSchema(`interface Node { id: ID! } type Query { node: Node }
    type Voice implements Node { id: ID! name: String previewAudioUrl: String }
    type AvatarLook implements Node { id: ID! name: String previewImageUrl: String }`);
  const query = `{ node { ... on Node { __typename
    ... on Voice { x: previewAudioUrl } ... on AvatarLook { x: previewImageUrl } } } }`;
  const kinds = (__typename) =>
    find(query, { node: { __typename, x: 'http://u' } }, { schema }).map(({ kind }) => kind);
  assert.deepEqual(kinds('AvatarLook'), ['image']);
  assert.deepEqual(kinds('Voice'), ['audio']);
});

test('null and missing fields are no previews, and nested lists are searched', () => {
  const query = `{ nodes(ids: []) { ... on AvatarLook { name previewImageUrl } }
    avatarLooks { nodes { previewImageUrl } } }`;
  const nodes = [null, { name: 'A', previewImageUrl: null }, {}, [{ previewImageUrl: 'http://u' }]];
  assert.deepEqual(urls(find(query, { nodes, avatarLooks: null })), ['http://u']);
});

test('a response without data has no previews, whatever the query', () => {
  assert.deepEqual(findPreviews({ query: '{ a' }, { errors: [{ message: 'no' }] }), []);
});

test('an invalid URL is no preview', () => {
  assert.deepEqual(find('{ voice(id: 1) { previewAudioUrl } }', { voice: { previewAudioUrl: 'soon' } }), []);
});

test('names and URLs must be strings', () => {
  const query = '{ avatarLooks { nodes { name previewImageUrl } } }';
  const nodes = [{ name: { a: 1 }, previewImageUrl: 'http://u' }, { name: 'B', previewImageUrl: ['http://v'] }];
  const list = find(query, { avatarLooks: { nodes } });
  assert.deepEqual(list.map(({ url, name }) => [url, name]), [['http://u', 'avatarLooks.nodes[0]']]);
});

test('a null response, or a query that graphql-js cannot parse, has no previews', () => {
  assert.deepEqual(findPreviews({ query: '{ a }' }, null), []);
  const data = { avatarGroups: { nodes: [{ previewImageUrl: 'http://u' }] } };
  const unparsable = '{avatarGroups(first:1after:null){nodes{previewImageUrl}}}';
  for (const query of [unparsable, 'fragment F on Query { a }', '{...F}']) {
    assert.deepEqual(find(query, data), [], query);
  }
});

test('operationName selects among several operations', () => {
  const query = 'query A { avatarGroup(id: 1) { x: name } } query B { avatarGroup(id: 1) { x: previewImageUrl } }';
  const data = { avatarGroup: { x: 'http://u' } };
  assert.deepEqual(urls(find(query, data, { operationName: 'B' })), ['http://u']);
  assert.deepEqual(urls(find(query, data, { operationName: 'A' })), []);
});

test('an item without a name is named by its response path', () => {
  const [one] = find('{ avatarLooks { nodes { previewImageUrl } } }', {
    avatarLooks: { nodes: [{ previewImageUrl: 'http://u' }] },
  });
  assert.equal(one.name, 'avatarLooks.nodes[0]');
});

test('sandbox files are loaded from the page’s own server, live ones only over https', () => {
  const url = 'http://127.0.0.1:8080/sandbox/a%23b.svg?Expires=1&Signature=2';
  assert.equal(mediaSrc(url, true), '/sandbox/a%23b.svg?Expires=1&Signature=2');
  assert.equal(mediaSrc(url, false), undefined);
  assert.equal(mediaSrc('https://files.example/a.png?b', false), 'https://files.example/a.png?b');
});
