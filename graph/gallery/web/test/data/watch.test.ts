import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { watchGroup, watchLook } from '../../src/data/watch';
import { PickerCharacterChangedDocument, PickerLookChangedDocument } from '../../src/gql/graphql';
import { FakeFetch, character, failure, look } from './fake';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pass = (ms = 10) => vi.advanceTimersByTimeAsync(ms);
const encoder = new TextEncoder();
type Stream = ReturnType<FakeFetch['last']['stream']>;
const next = (stream: Stream, body: unknown) => stream.enqueue(encoder.encode(`event: next\ndata: ${JSON.stringify(body)}\n\n`));
const lookEvent = (i: number | null) => ({ data: { avatarLookChanged: i === null ? null : look(i) } });
function complete(stream: Stream) {
  stream.enqueue(encoder.encode('event: complete\ndata:\n\n'));
  stream.close();
}

/** Collects what a watch yields and how it ends. */
function collect(watch: AsyncIterable<{ name: string } | null>) {
  const result = { names: [] as (string | null)[], done: false, error: null as unknown };
  (async () => {
    for await (const item of watch) result.names.push(item?.name ?? null);
  })().then(
    () => (result.done = true),
    (error: unknown) => (result.error = error),
  );
  return result;
}

describe('a watched look', () => {
  test('connects when it is iterated, and ends on completion', async () => {
    const server = new FakeFetch();
    const watch = watchLook(server.client(), 'look1');
    await pass();
    expect(server.calls).toHaveLength(0);
    const result = collect(watch);
    await pass();
    expect(server.last.body).toEqual({ documentId: PickerLookChangedDocument.__meta__!['hash'], variables: { id: 'look1' } });
    expect(server.last.headers.get('Accept')).toBe('text/event-stream');
    expect(server.last.headers.get('GraphQL-Client-Name')).toBe('heygen-avatar-picker');
    expect(server.last.redirect).toBe('error');
    const stream = server.last.stream();
    next(stream, lookEvent(1));
    await pass();
    expect(result.names).toEqual(['Look 1']);
    next(stream, lookEvent(2));
    complete(stream);
    await pass();
    expect(result).toEqual({ names: ['Look 1', 'Look 2'], done: true, error: null });
    await pass(60_000);
    expect(server.calls).toHaveLength(1);
  });

  test('that is gone is null', async () => {
    const server = new FakeFetch();
    const result = collect(watchLook(server.client(), 'look1'));
    await pass();
    const stream = server.last.stream();
    next(stream, lookEvent(null));
    complete(stream);
    await pass();
    expect(result).toEqual({ names: [null], done: true, error: null });
  });

  test.each(['closes', 'fails'])('reconnects when its stream %s', async (how) => {
    const server = new FakeFetch();
    const result = collect(watchLook(server.client(), 'look1'));
    await pass();
    const stream = server.last.stream();
    next(stream, lookEvent(1));
    await pass();
    if (how === 'closes') stream.close();
    else stream.error(new TypeError('terminated'));
    await pass(1100);
    expect(server.calls).toHaveLength(2);
    const second = server.last.stream();
    next(second, lookEvent(2));
    complete(second);
    await pass();
    expect(result).toEqual({ names: ['Look 1', 'Look 2'], done: true, error: null });
  });

  test('reconnects when its stream closes together with an event', async () => {
    const server = new FakeFetch();
    const result = collect(watchLook(server.client(), 'look1'));
    await pass();
    const stream = server.last.stream();
    next(stream, lookEvent(1));
    stream.close();
    await pass(1100);
    expect(result.names).toEqual(['Look 1']);
    expect(server.calls).toHaveLength(2);
  });

  test('backs off while the server cannot be reached', async () => {
    const server = new FakeFetch();
    server.handler = (call) => call.reject(new TypeError('Failed to fetch'));
    const result = collect(watchLook(server.client(), 'look1'));
    await pass(7000);
    expect(server.calls.length).toBeGreaterThanOrEqual(3);
    expect(server.calls.length).toBeLessThanOrEqual(4);
    server.handler = null;
    await pass(30_000);
    next(server.last.stream(), lookEvent(1));
    await pass();
    expect(result.names).toEqual(['Look 1']);
  });

  test.each(['3000000', '1e9'])('waits a day at most, for a retryAfter of %s', async (seconds) => {
    const server = new FakeFetch();
    void collect(watchLook(server.client(), 'look1'));
    await pass();
    server.last.respond({ errors: [{ ...failure('OVERLOADED'), extensions: { code: 'OVERLOADED', retryAfter: Number(seconds) } }] }, { status: 503 });
    await pass(86_000_000);
    expect(server.calls).toHaveLength(1);
    await pass(500_000);
    expect(server.calls).toHaveLength(2);
  });

  test('waits for retryAfter of an overloaded server', async () => {
    const server = new FakeFetch();
    void collect(watchLook(server.client(), 'look1'));
    await pass();
    server.last.respond({ errors: [failure('OVERLOADED')] }, { status: 503, headers: { 'Retry-After': '20' } });
    await pass(19_000);
    expect(server.calls).toHaveLength(1);
    await pass(2000);
    expect(server.calls).toHaveLength(2);
  });

  test('subscribes again after the deadline of the server', async () => {
    const server = new FakeFetch();
    const result = collect(watchLook(server.client(), 'look1'));
    await pass();
    const stream = server.last.stream();
    next(stream, { ...lookEvent(null), errors: [failure('UPSTREAM_TIMEOUT', ['avatarLookChanged'])] });
    complete(stream);
    await pass(1100);
    expect(server.calls).toHaveLength(2);
    expect(result).toEqual({ names: [], done: false, error: null });
  });

  test('throws the error of a failure that stays', async () => {
    const server = new FakeFetch();
    const result = collect(watchLook(server.client(), 'look1'));
    await pass();
    const stream = server.last.stream();
    next(stream, { ...lookEvent(null), errors: [failure('FORBIDDEN', ['avatarLookChanged'])] });
    complete(stream);
    await pass();
    expect(result.error).toMatchObject({ code: 'FORBIDDEN', path: ['avatarLookChanged'] });
    await pass(60_000);
    expect(server.calls).toHaveLength(1);
  });

  test.each([
    [401, 'UNAUTHENTICATED'],
    [404, 'NETWORK_ERROR'],
  ])('throws the error of status %i', async (status, code) => {
    const server = new FakeFetch();
    const result = collect(watchLook(server.client(), 'look1'));
    await pass();
    server.last.respond('no', { status });
    await pass(60_000);
    expect(result.error).toMatchObject({ code, status });
    expect(server.calls).toHaveLength(1);
  });

  test('sends the source to a server that does not know the id', async () => {
    const server = new FakeFetch();
    const client = server.client();
    const result = collect(watchLook(client, 'look1'));
    await pass();
    const stream = server.last.stream();
    next(stream, { errors: [failure('PERSISTED_QUERY_NOT_FOUND')] });
    complete(stream);
    await pass();
    expect(server.last.body).toEqual({ query: PickerLookChangedDocument.toString(), variables: { id: 'look1' } });
    next(server.last.stream(), lookEvent(1));
    await pass();
    expect(result.names).toEqual(['Look 1']);
    void collect(watchGroup(client, 'group1'));
    await pass();
    expect(server.last.body.query).toBe(PickerCharacterChangedDocument.toString());
  });

  test('ends without an error when its signal is aborted', async () => {
    const server = new FakeFetch();
    const controller = new AbortController();
    const result = collect(watchLook(server.client(), 'look1', controller.signal));
    await pass();
    next(server.last.stream(), lookEvent(1));
    await pass();
    controller.abort();
    await pass();
    expect(result).toEqual({ names: ['Look 1'], done: true, error: null });
    expect(server.last.signal?.aborted).toBe(true);
  });

  test('ends at once when its signal is aborted between two connections', async () => {
    const server = new FakeFetch();
    const controller = new AbortController();
    const result = collect(watchLook(server.client(), 'look1', controller.signal));
    await pass();
    server.last.reject(new TypeError('Failed to fetch'));
    await pass();
    controller.abort();
    await pass();
    expect(result.done).toBe(true);
    await pass(60_000);
    expect(server.calls).toHaveLength(1);
  });

  test('closes its stream when the iteration stops', async () => {
    const server = new FakeFetch();
    const watch = watchLook(server.client(), 'look1');
    const first = watch.next();
    await pass();
    next(server.last.stream(), lookEvent(1));
    expect((await first).value?.name).toBe('Look 1');
    await watch.return();
    expect(server.last.signal?.aborted).toBe(true);
  });
});

test('a watched character yields its states', async () => {
  const server = new FakeFetch();
  const result = collect(watchGroup(server.client(), 'group1'));
  await pass();
  expect(server.last.body.documentId).toBe(PickerCharacterChangedDocument.__meta__!['hash']);
  const stream = server.last.stream();
  next(stream, { data: { avatarGroupChanged: character(1) } });
  complete(stream);
  await pass();
  expect(result).toEqual({ names: ['Character 1'], done: true, error: null });
});
