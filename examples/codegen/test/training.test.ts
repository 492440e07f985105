import { expect, test, vi } from 'vitest';
import { RequestError } from '../src/errors';
import { subscribe } from '../src/subscribe';
import { CharacterTraining, watchTraining } from '../src/training';
import './intercept-fetch';

const collect = async <T>(results: AsyncIterable<T>) => {
  const collected: T[] = [];
  for await (const result of results) collected.push(result);
  return collected;
};

const rejection = (promise: Promise<unknown>): Promise<RequestError> =>
  promise.then(() => expect.unreachable(), (error) => error);

test('the first event is the state of the character, and leaving the loop closes the connection', async () => {
  for await (const character of watchTraining('be193b409d6da152852bdee8d38f6039')) {
    expect(character).toMatchObject({ name: expect.any(String), status: expect.stringMatching(/^[A-Z]+$/) });
    break;
  }
  const { signal } = vi.mocked(fetch).mock.lastCall![1]!;
  expect(signal!.aborted).toBe(true);
});

test('a character that does not exist is null, and the subscription completes', async () => {
  expect(await collect(watchTraining('no-such-group'))).toEqual([null]);
});

test('a rejected subscription throws an error with its code', async () => {
  const error = await rejection(collect(subscribe(CharacterTraining, {} as { id: string })));
  expect(error).toBeInstanceOf(RequestError);
  expect(error.code).toBe('BAD_USER_INPUT');
});

// The next responses are mocked: a running server does not return them on demand.
const stream = (...chunks: string[]) => {
  const body = new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
  vi.mocked(fetch).mockResolvedValueOnce(new Response(body, { headers: { 'Content-Type': 'text/event-stream' } }));
};
const next = (status: string) => `event: next\ndata: {"data":{"avatarGroupChanged":{"name":"A","status":"${status}"}}}\n\n`;

test('each change is an event, however the stream is divided into chunks', async () => {
  const text = `:\n\n${next('PROCESSING')}:\n\n${next('COMPLETED')}event: complete\ndata:\n\n`;
  stream(...text);
  const characters = await collect(watchTraining('a'));
  expect(characters.map((character) => character?.status)).toEqual(['PROCESSING', 'COMPLETED']);
});

test('a stream that breaks off before complete throws', async () => {
  stream(next('PROCESSING'));
  expect((await rejection(collect(watchTraining('a')))).message).toMatch(/ended the subscription before it was complete/);
});

test('an event with errors throws them', async () => {
  stream('event: next\ndata: {"data":{"avatarGroupChanged":null},"errors":[{"message":"no","extensions":{"code":"UPSTREAM_TIMEOUT"}}]}\n\n');
  expect(await rejection(collect(watchTraining('a')))).toMatchObject({ message: 'no', code: 'UPSTREAM_TIMEOUT' });
});
