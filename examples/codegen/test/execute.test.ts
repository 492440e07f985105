import { expect, test, vi } from 'vitest';
import { CharacterDetail } from '../src/character';
import { CharacterPage } from '../src/characters';
import { RequestError } from '../src/errors';
import { endpoint, execute } from '../src/execute';
import './intercept-fetch';

const rejection = (promise: Promise<unknown>): Promise<RequestError> =>
  promise.then(() => expect.unreachable(), (error) => error);

test('a RequestError has the code and, for its own document only, the partial data', async () => {
  const error = await rejection(execute(CharacterDetail, { id: 'group_monica', looks: 101 }));
  expect(error).toBeInstanceOf(RequestError);
  expect(error.code).toBe('BAD_USER_INPUT');
  expect(error.partial(CharacterDetail)?.avatarGroup?.name).toBe('Monica');
  expect(error.partial(CharacterPage)).toBeNull();
});

test('a rejected request has no partial data', async () => {
  const error = await rejection(execute(CharacterPage, { first: 'many' as unknown as number }));
  expect(error.code).toBe('BAD_USER_INPUT');
  expect(error.message).toContain('`$first`');
  expect(error.partial(CharacterPage)).toBeNull();
});

// The next two responses are mocked: a healthy server does not return these codes.
test('retryAfter comes from the extensions', async () => {
  const errors = [{ message: 'Rate limited.', extensions: { code: 'RATE_LIMITED', retryAfter: 7 } }];
  vi.mocked(fetch).mockResolvedValueOnce(Response.json({ data: { avatarGroups: null }, errors }));
  expect(await rejection(execute(CharacterPage, { first: 1 }))).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 7 });
});

test('retryAfter comes from the Retry-After header if the server is overloaded', async () => {
  const errors = [{ message: 'Overloaded.', extensions: { code: 'OVERLOADED' } }];
  const init = { status: 503, headers: { 'Retry-After': '1' } };
  vi.mocked(fetch).mockResolvedValueOnce(Response.json({ errors }, init));
  expect(await rejection(execute(CharacterPage, { first: 1 }))).toMatchObject({ code: 'OVERLOADED', retryAfter: 1 });
});

test('retryAfter is undefined without either', async () => {
  expect((await rejection(execute(CharacterPage, { first: 101 }))).retryAfter).toBeUndefined();
});

test('a response that is not GraphQL throws an error with its status', async () => {
  vi.mocked(fetch).mockImplementationOnce(() => fetch(new URL('/nothing', endpoint)));
  const error = await rejection(execute(CharacterPage, { first: 1 }));
  expect(error.message).toBe(`${endpoint} did not return a GraphQL response: HTTP 404 Not Found`);
  expect(error.code).toBeUndefined();
});
