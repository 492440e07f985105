import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heading } from './previews-heading.js';

const listed = (...addresses) => addresses.map((address) => ({ preview: { kind: 'picture' }, address }));
const live = (shown) => heading(shown.map(({ preview }) => preview), shown, false);

test('pictures and voices are counted', () => {
  const kinds = (...all) => heading(all.map((kind) => ({ kind })), all, true);
  assert.equal(kinds('picture', 'sample'), '1 picture and 1 voice');
  assert.equal(kinds('picture', 'picture'), '2 pictures');
  assert.equal(kinds('sample', 'sample'), '2 voices');
});

test('a live page names each host once', () => {
  assert.equal(live(listed('https://a.example/1', 'https://b.example/2', 'https://a.example/3')),
    '3 pictures, from a.example, b.example');
});

test('of more than three hosts three are named', () => {
  const hosts = ['a', 'b', 'c', 'd', 'e'].map((host) => `https://${host}.example/`);
  assert.equal(live(listed(...hosts.slice(0, 3))), '3 pictures, from a.example, b.example, c.example');
  assert.equal(live(listed(...hosts)), '5 pictures, from a.example, b.example, c.example and 2 more');
});

test('hosts that are not asked are not named', () => {
  assert.equal(live(listed(undefined, 'https://a.example/')), '2 pictures, from a.example');
  assert.equal(live(listed(undefined)), '1 picture');
  const all = [{ kind: 'picture' }, { kind: 'picture' }];
  assert.equal(heading(all, listed('https://a.example/'), false), '2 pictures, the first 1 of them, from a.example');
});
