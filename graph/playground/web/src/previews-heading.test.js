import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heading } from './previews-heading.js';

const images = (...srcs) => srcs.map((src) => ({ preview: { kind: 'image' }, src }));
const liveHeading = (displayed) => heading(displayed.map(({ preview }) => preview), displayed, false);

test('the heading counts images and voices', () => {
  const ofKinds = (...kinds) => heading(kinds.map((kind) => ({ kind })), kinds, true);
  assert.equal(ofKinds('image', 'audio'), '1 image and 1 voice');
  assert.equal(ofKinds('image', 'image'), '2 images');
  assert.equal(ofKinds('audio', 'audio'), '2 voices');
});

test('the heading of a live page names each host once', () => {
  assert.equal(liveHeading(images('https://a.example/1', 'https://b.example/2', 'https://a.example/3')),
    '3 images, from a.example, b.example');
});

test('the heading names at most three hosts', () => {
  const srcs = ['a', 'b', 'c', 'd', 'e'].map((host) => `https://${host}.example/`);
  assert.equal(liveHeading(images(...srcs.slice(0, 3))), '3 images, from a.example, b.example, c.example');
  assert.equal(liveHeading(images(...srcs)), '5 images, from a.example, b.example, c.example and 2 more');
});

test('the heading names no host that is not requested', () => {
  assert.equal(liveHeading(images(undefined, 'https://a.example/')), '2 images, from a.example');
  assert.equal(liveHeading(images(undefined)), '1 image');
  const previews = [{ kind: 'image' }, { kind: 'image' }];
  assert.equal(heading(previews, images('https://a.example/'), false), '2 images, first 1 shown, from a.example');
});
