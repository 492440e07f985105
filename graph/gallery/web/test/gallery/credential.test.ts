import { describe, expect, it } from 'vitest';
import { concerns, credentialKind, parseCredential } from '../../src/gallery/credential';

describe('credentialKind', () => {
  it.each([
    ['', null],
    ['{"X-Api-Key": "…"}', 'apiKey'],
    ['X-Api-Key: …', 'apiKey'],
    ['{"Authorization": "Bearer …"}', 'token'],
    ['Authorization: Bearer …', 'token'],
  ])('of %j is %s', (example, kind) => {
    expect(credentialKind(example)).toBe(kind);
  });
});

describe('parseCredential', () => {
  it.each([
    ['  abc\n', 'abc'],
    ['Bearer abc.def-_~+/=', 'abc.def-_~+/='],
    ['Authorization: Bearer abc', 'abc'],
    ['X-Api-Key: sk_V2_abc', 'sk_V2_abc'],
  ])('of %j is %j', (input, value) => {
    expect(parseCredential(input)).toBe(value);
  });

  it.each(['', '   ', 'Bearer ', 'two words', 'a\r\nX-Evil: b', 'tökén', 'a\u200Bb'])('rejects %j', (input) => {
    expect(parseCredential(input)).toBeNull();
  });
});

describe('concerns', () => {
  it.each([
    ['token', 'UNAUTHENTICATED', true],
    [null, 'UNAUTHENTICATED', true],
    ['apiKey', 'UPSTREAM_UNAUTHENTICATED', true],
    ['token', 'UPSTREAM_UNAUTHENTICATED', false],
    [null, 'UPSTREAM_UNAUTHENTICATED', false],
    ['token', 'RATE_LIMITED', false],
  ] as const)('with %s, %s: %s', (kind, code, expected) => {
    expect(concerns(kind, code)).toBe(expected);
  });
});
