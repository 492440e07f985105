import { expect, test, vi } from 'vitest';
import { CharacterDetail } from '../src/character';
import { CharacterPage } from '../src/characters';
import { RequestError } from '../src/errors';
import { endpoint, execute } from '../src/execute';
import './intercept-fetch';

const failed = (promise: Promise<unknown>): Promise<RequestError> =>
  promise.then(() => expect.unreachable(), (error) => error);

test('an error carries its code and the partial data, for the document that was run and no other', async () => {
  const error = await failed(execute(CharacterDetail, { id: 'group_monica', looks: 101 }));
  expect(error).toBeInstanceOf(RequestError);
  expect(error.code).toBe('BAD_USER_INPUT');
  expect(error.partial(CharacterDetail)?.avatarGroup?.name).toBe('Monica');
  expect(error.partial(CharacterPage)).toBeNull();
});

test('a request that is refused as a whole has no data', async () => {
  const error = await failed(execute(CharacterPage, { first: 'many' as unknown as number }));
  expect(error.code).toBe('BAD_USER_INPUT');
  expect(error.message).toContain('`$first`');
  expect(error.partial(CharacterPage)).toBeNull();
});

// A server that is in no trouble never says these two: here they stand as README and errcode.go have them.
test('retryAfter is that of the extensions', async () => {
  const errors = [{ message: 'HeyGen asks for a pause.', extensions: { code: 'RATE_LIMITED', retryAfter: 7 } }];
  vi.mocked(fetch).mockResolvedValueOnce(Response.json({ data: { avatarGroups: null }, errors }));
  expect(await failed(execute(CharacterPage, { first: 1 }))).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 7 });
});

test('and that of the header where a server has no room', async () => {
  const errors = [{ message: 'Too much to do.', extensions: { code: 'OVERLOADED' } }];
  const init = { status: 503, headers: { 'Retry-After': '1' } };
  vi.mocked(fetch).mockResolvedValueOnce(Response.json({ errors }, init));
  expect(await failed(execute(CharacterPage, { first: 1 }))).toMatchObject({ code: 'OVERLOADED', retryAfter: 1 });
});

test('an answer without either has none', async () => {
  expect((await failed(execute(CharacterPage, { first: 101 }))).retryAfter).toBeUndefined();
});

test('a page in place of an answer is an error that names its status', async () => {
  vi.mocked(fetch).mockImplementationOnce(() => fetch(new URL('/nothing', endpoint)));
  const error = await failed(execute(CharacterPage, { first: 1 }));
  expect(error.message).toBe(`${endpoint} is no GraphQL server: HTTP 404 Not Found`);
  expect(error.code).toBeUndefined();
});
