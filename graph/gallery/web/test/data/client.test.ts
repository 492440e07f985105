import { afterEach, describe, expect, test, vi } from 'vitest';
import { GraphQLClient } from '../../src/data/client';
import { PickerError, parseRetryAfter } from '../../src/data/errors';
import { PickerLookDocument, PickerVoiceDocument } from '../../src/gql/graphql';
import { FakeFetch, failure, settle, voice } from './fake';

const id = PickerVoiceDocument.__meta__!['hash'];
const request = (server: FakeFetch, signal?: AbortSignal) => server.client().request(PickerVoiceDocument, { id: 'v1' }, signal);

async function errorOf(promise: Promise<unknown>): Promise<PickerError> {
  const error = await promise.then(() => null, (thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PickerError);
  return error as PickerError;
}

afterEach(() => vi.unstubAllGlobals());

describe('requests', () => {
  test('name the document by its id and send the credentials', async () => {
    const server = new FakeFetch();
    const client = new GraphQLClient({ endpoint: 'http://server.test/graphql', token: 'secret', apiKey: 'key', fetch: server.fetch });
    const result = client.request(PickerVoiceDocument, { id: 'v1' });
    expect(server.last.url).toBe('http://server.test/graphql');
    expect(server.last.body).toEqual({ documentId: id, variables: { id: 'v1' } });
    expect(Object.fromEntries(server.last.headers)).toEqual({
      accept: 'application/graphql-response+json, application/json;q=0.9',
      authorization: 'Bearer secret',
      'content-type': 'application/json',
      'graphql-client-name': 'heygen-avatar-picker',
      'x-api-key': 'key',
    });
    server.last.respond({ data: { voice: voice(1) } });
    expect(await result).toEqual({ data: { voice: voice(1) }, errors: [] });
  });

  test('have no credential headers without credentials', () => {
    const server = new FakeFetch();
    void request(server);
    expect(server.last.headers.has('Authorization')).toBe(false);
    expect(server.last.headers.has('X-Api-Key')).toBe(false);
  });

  test('use the global fetch by default', async () => {
    const server = new FakeFetch();
    server.handler = (call) => call.respond({ data: { voice: null } });
    vi.stubGlobal('fetch', server.fetch);
    const client = new GraphQLClient({ endpoint: 'http://server.test/graphql' });
    expect((await client.request(PickerVoiceDocument, { id: 'v1' })).data).toEqual({ voice: null });
  });

  test('return partial data with its errors', async () => {
    const server = new FakeFetch();
    const result = request(server);
    const errors = [failure('RATE_LIMITED', ['voice'])];
    server.last.respond({ data: { voice: null }, errors });
    expect(await result).toEqual({ data: { voice: null }, errors });
  });
});

describe('document ids', () => {
  test.each(['PERSISTED_QUERY_NOT_FOUND', 'DOCUMENT_NOT_TRUSTED'])('are replaced by sources after %s', async (code) => {
    const server = new FakeFetch();
    server.handler = ({ body, respond }) =>
      body.documentId ? respond({ errors: [failure(code)] }, { status: 400 }) : respond({ data: { voice: null, avatarLook: null } });
    const client = server.client();
    await client.request(PickerVoiceDocument, { id: 'v1' });
    await client.request(PickerLookDocument, { id: 'l1' });
    expect(server.calls.map(({ body }) => body.query)).toEqual([undefined, PickerVoiceDocument.toString(), PickerLookDocument.toString()]);
    expect(server.calls[1]!.body).not.toHaveProperty('documentId');
  });

  test('are replaced for requests that were in flight together', async () => {
    const server = new FakeFetch();
    server.handler = ({ body, respond }) =>
      body.documentId ? respond({ errors: [failure('PERSISTED_QUERY_NOT_FOUND')] }) : respond({ data: { voice: null } });
    const client = server.client();
    const results = await Promise.all([1, 2].map((i) => client.request(PickerVoiceDocument, { id: `v${i}` })));
    expect(results).toHaveLength(2);
    expect(server.calls).toHaveLength(4);
  });

  test('are replaced once: a server that rejects the source, too, is an error', async () => {
    const server = new FakeFetch();
    server.handler = ({ respond }) => respond({ errors: [failure('DOCUMENT_NOT_TRUSTED')] }, { status: 400 });
    const error = await errorOf(request(server));
    expect(error.code).toBe('DOCUMENT_NOT_TRUSTED');
    expect(server.calls).toHaveLength(2);
  });
});

describe('errors', () => {
  test('have the code, path and retryAfter of the response', async () => {
    const server = new FakeFetch();
    const result = errorOf(request(server));
    server.last.respond(
      { data: null, errors: [{ message: 'Slow down', path: ['voice'], extensions: { code: 'RATE_LIMITED', retryAfter: 7 } }] },
      { status: 429, headers: { 'Retry-After': '9' } },
    );
    expect(await result).toMatchObject({ code: 'RATE_LIMITED', message: 'Slow down', path: ['voice'], retryAfter: 7, status: 429 });
  });

  test('ignore a retryAfter that is no number', async () => {
    const server = new FakeFetch();
    const result = server.client().request(PickerVoiceDocument, { id: 'v' }).catch((error: unknown) => error);
    server.last.respond({ errors: [{ message: 'x', extensions: { code: 'OVERLOADED', retryAfter: 'soon' } }] }, { status: 503, headers: { 'Retry-After': '9' } });
    expect(await result).toMatchObject({ retryAfter: 9 });
  });

  test('take retryAfter from the header otherwise', async () => {
    const server = new FakeFetch();
    const result = errorOf(request(server));
    server.last.respond({ errors: [failure('OVERLOADED')] }, { status: 503, headers: { 'Retry-After': '9' } });
    expect(await result).toMatchObject({ code: 'OVERLOADED', retryAfter: 9, status: 503 });
  });

  test.each([
    [401, 'UNAUTHENTICATED'],
    [403, 'FORBIDDEN'],
    [429, 'RATE_LIMITED'],
    [502, 'NETWORK_ERROR'],
    [200, 'NETWORK_ERROR'],
  ])('of status %i without JSON are %s', async (status, code) => {
    const server = new FakeFetch();
    const result = errorOf(request(server));
    server.last.respond('<html></html>', { status });
    expect(await result).toMatchObject({ code, status });
  });

  test.each([{ data: null }, {}, null, [], 1])('include a body without data: %j', async (body) => {
    const server = new FakeFetch();
    const result = errorOf(request(server));
    server.last.respond(body);
    expect(await result).toMatchObject({ code: 'NETWORK_ERROR', status: 200 });
  });

  test('without a code are classified by status', async () => {
    const server = new FakeFetch();
    const result = errorOf(request(server));
    server.last.respond({ errors: [{ message: 'No' }] }, { status: 401 });
    expect(await result).toMatchObject({ code: 'UNAUTHENTICATED', message: 'No' });
  });

  test('of a rejected fetch are NETWORK_ERROR, and OFFLINE without a network', async () => {
    for (const [onLine, code] of [[true, 'NETWORK_ERROR'], [false, 'OFFLINE']] as const) {
      vi.stubGlobal('navigator', { onLine });
      const server = new FakeFetch();
      const result = errorOf(request(server));
      server.last.reject(new TypeError('Failed to fetch'));
      const error = await result;
      expect(error).toMatchObject({ code, message: 'Failed to fetch' });
      expect(error.status).toBeUndefined();
    }
  });

  test('of a body that breaks off are NETWORK_ERROR', async () => {
    const server = new FakeFetch();
    const result = errorOf(request(server));
    server.last.stream().error(new TypeError('terminated'));
    expect(await result).toMatchObject({ code: 'NETWORK_ERROR' });
  });

  test('of an aborted signal pass through', async () => {
    const server = new FakeFetch();
    const controller = new AbortController();
    const result = request(server, controller.signal).catch((error: unknown) => error);
    controller.abort();
    expect(await result).toMatchObject({ name: 'AbortError' });
    await settle();
    expect(server.calls).toHaveLength(1);
  });
});

test('Retry-After is a number of seconds or a date', () => {
  expect(parseRetryAfter('12')).toBe(12);
  expect(parseRetryAfter(new Date(Date.now() + 60_000).toUTCString())).toBeGreaterThan(57);
  expect(parseRetryAfter(new Date(0).toUTCString())).toBe(0);
  expect(parseRetryAfter('soon')).toBeUndefined();
  expect(parseRetryAfter(null)).toBeUndefined();
});
