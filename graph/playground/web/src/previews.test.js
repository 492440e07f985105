import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema } from 'graphql';
import { addressFor, place, previews } from './previews.js';

const found = (query, data, { operationName, schema } = {}) => previews({ query, operationName }, { data }, schema);
const urls = (list) => list.map(({ url }) => url);

test('a picture is found by its field, with its name and its place', () => {
  const query = '{ avatarGroups { nodes { name previewImageUrl } } }';
  const nodes = [{ name: 'A', previewImageUrl: 'http://u1' }, { name: 'B', previewImageUrl: 'http://u2' }];
  assert.deepEqual(found(query, { avatarGroups: { nodes } }), [
    { kind: 'picture', url: 'http://u1', name: 'A', path: ['data', 'avatarGroups', 'nodes', 0, 'previewImageUrl'] },
    { kind: 'picture', url: 'http://u2', name: 'B', path: ['data', 'avatarGroups', 'nodes', 1, 'previewImageUrl'] },
  ]);
});

test('aliases of the picture, of the name and of everything around them do not matter', () => {
  const query = '{ them: avatarGroups { those: nodes { called: name face: previewImageUrl } } }';
  const [one] = found(query, { them: { those: [{ called: 'A', face: 'http://u' }] } });
  assert.deepEqual([one.url, one.name, place(one.path)], ['http://u', 'A', 'them.those[0].face']);
});

test('a key that only looks like the field is none', () => {
  const query = '{ avatarGroup(id: 1) { previewImageUrl: name name: previewImageUrl } }';
  const list = found(query, { avatarGroup: { previewImageUrl: 'A', name: 'http://u' } });
  assert.deepEqual(list.map(({ url, name }) => [url, name]), [['http://u', 'A']]);
});

test('one object may have several, and a sample is told from a picture', () => {
  const query = `{ avatarGroup(id: 1) {
    a: previewImageUrl b: previewImageUrl defaultVoice { name previewAudioUrl } } }`;
  const defaultVoice = { name: 'V', previewAudioUrl: 'http://u3' };
  const data = { avatarGroup: { a: 'http://u1', b: 'http://u2', defaultVoice } };
  assert.deepEqual(found(query, data).map(({ kind, url }) => [kind, url]), [
    ['picture', 'http://u1'],
    ['picture', 'http://u2'],
    ['sample', 'http://u3'],
  ]);
});

test('fragments, inline and named, and fields that are selected twice are followed', () => {
  const query = `query { avatarGroup(id: 1) { ...G looks { nodes { name } } } }
    fragment G on AvatarGroup { looks { nodes { ... { ...L } } } }
    fragment L on AvatarLook { previewImageUrl }`;
  const data = { avatarGroup: { looks: { nodes: [{ name: 'L', previewImageUrl: 'http://u' }] } } };
  assert.deepEqual(found(query, data).map(({ url, name }) => [url, name]), [['http://u', 'L']]);
});

test('one key of two types goes by __typename', () => {
  const schema = buildSchema(`interface Node { id: ID! } type Query { node: Node }
    type Voice implements Node { id: ID! name: String previewAudioUrl: String }
    type AvatarLook implements Node { id: ID! name: String previewImageUrl: String }`);
  const query = `{ node { ... on Node { __typename
    ... on Voice { x: previewAudioUrl } ... on AvatarLook { x: previewImageUrl } } } }`;
  const kinds = (__typename) =>
    found(query, { node: { __typename, x: 'http://u' } }, { schema }).map(({ kind }) => kind);
  assert.deepEqual(kinds('AvatarLook'), ['picture']);
  assert.deepEqual(kinds('Voice'), ['sample']);
});

test('what is null, or was left out, is not shown, and lists within lists are gone through', () => {
  const query = `{ nodes(ids: []) { ... on AvatarLook { name previewImageUrl } }
    avatarLooks { nodes { previewImageUrl } } }`;
  const nodes = [null, { name: 'A', previewImageUrl: null }, {}, [{ previewImageUrl: 'http://u' }]];
  assert.deepEqual(urls(found(query, { nodes, avatarLooks: null })), ['http://u']);
});

test('an answer without data has none, whatever was asked', () => {
  assert.deepEqual(previews({ query: '{ a' }, { errors: [{ message: 'no' }] }), []);
});

test('what is no address is not shown', () => {
  assert.deepEqual(found('{ voice(id: 1) { previewAudioUrl } }', { voice: { previewAudioUrl: 'soon' } }), []);
});

test('names and addresses are strings', () => {
  const query = '{ avatarLooks { nodes { name previewImageUrl } } }';
  const nodes = [{ name: { a: 1 }, previewImageUrl: 'http://u' }, { name: 'B', previewImageUrl: ['http://v'] }];
  const list = found(query, { avatarLooks: { nodes } });
  assert.deepEqual(list.map(({ url, name }) => [url, name]), [['http://u', 'avatarLooks.nodes[0]']]);
});

test('an answer that is null, or to what graphql-js cannot read, has none', () => {
  assert.deepEqual(previews({ query: '{ a }' }, null), []);
  const data = { avatarGroups: { nodes: [{ previewImageUrl: 'http://u' }] } };
  const unread = '{avatarGroups(first:1after:null){nodes{previewImageUrl}}}';
  for (const query of [unread, 'fragment F on Query { a }', '{...F}']) {
    assert.deepEqual(found(query, data), [], query);
  }
});

test('of several operations the one that was run counts', () => {
  const query = 'query A { avatarGroup(id: 1) { x: name } } query B { avatarGroup(id: 1) { x: previewImageUrl } }';
  const data = { avatarGroup: { x: 'http://u' } };
  assert.deepEqual(urls(found(query, data, { operationName: 'B' })), ['http://u']);
  assert.deepEqual(urls(found(query, data, { operationName: 'A' })), []);
});

test('who has no name is called by the place', () => {
  const [one] = found('{ avatarLooks { nodes { previewImageUrl } } }', {
    avatarLooks: { nodes: [{ previewImageUrl: 'http://u' }] },
  });
  assert.equal(one.name, 'avatarLooks.nodes[0]');
});

test('the sandbox’s files are asked of the page’s own server, live ones only by TLS', () => {
  const url = 'http://127.0.0.1:8080/sandbox/a%23b.svg?Expires=1&Signature=2';
  assert.equal(addressFor(url, true), '/sandbox/a%23b.svg?Expires=1&Signature=2');
  assert.equal(addressFor(url, false), undefined);
  assert.equal(addressFor('https://files.example/a.png?b', false), 'https://files.example/a.png?b');
});
