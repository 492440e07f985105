import { describe, expect, test } from 'vitest';
import { LookList, type LookQuery, fetchLook } from '../../src/data/looks';
import { VoiceList, type VoiceQuery, fetchVoice } from '../../src/data/voices';
import { PickerCharacterDocument, PickerLooksDocument } from '../../src/gql/graphql';
import { type FakeCall, FakeFetch, character, failure, look, pageOf, range, settle, voice } from './fake';

const allLooks: LookQuery = { search: '', orientation: null, readyOnly: false };
const publicVoices: VoiceQuery = { type: 'PUBLIC', search: '', language: null, gender: null };
const hashOf = (document: { __meta__?: Record<string, any> | undefined }) => document.__meta__!['hash'];
const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);

function serveLooks(items: ReturnType<typeof look>[], { body: { documentId, variables }, respond }: FakeCall) {
  const looks = { ...pageOf(items, { first: variables['looks'], ...variables }), totalCount: items.length };
  const isFirst = documentId === hashOf(PickerCharacterDocument);
  respond({ data: { avatarGroup: isFirst ? { ...character(1), defaultVoice: voice(1), looks } : { looks } } });
}

function setupLooks(count: number) {
  const server = new FakeFetch();
  const items = range(count, look);
  server.handler = (call) => serveLooks(items, call);
  return { server, items, list: new LookList(server.client(), 'group1') };
}

function setupVoices(count: number) {
  const server = new FakeFetch();
  const items = range(count, voice);
  server.handler = ({ body, respond }) => respond({ data: { voices: pageOf(items, body.variables) } });
  return { server, items, list: new VoiceList(server.client()) };
}

describe('looks', () => {
  test('are fetched with their character first', async () => {
    const { server, list } = setupLooks(30);
    let changes = 0;
    list.addEventListener('change', () => changes++);
    list.loadMore();
    expect(server.calls).toHaveLength(0);
    list.setQuery(allLooks);
    expect(list.loading).toBe(true);
    await settle();
    expect(server.last.body).toEqual({
      documentId: hashOf(PickerCharacterDocument),
      variables: { id: 'group1', looks: 24, search: null, filter: null },
    });
    expect(changes).toBe(2);
    expect(list).toMatchObject({ complete: false, loading: false, error: null, missing: false, total: 30 });
    expect(list.character).toEqual({ ...character(1), defaultVoice: voice(1) });
    list.loadMore();
    list.loadMore();
    await settle();
    expect(server.calls).toHaveLength(2);
    expect(server.last.body).toEqual({
      documentId: hashOf(PickerLooksDocument),
      variables: { id: 'group1', first: 24, after: 'l23', search: null, filter: null },
    });
    expect(idsOf(list)).toEqual(range(30, (i) => `l${i}`));
    expect(list.complete).toBe(true);
    list.loadMore();
    expect(server.calls).toHaveLength(2);
  });

  test('are filtered without fetching the character again', async () => {
    const { server, list } = setupLooks(3);
    list.setQuery(allLooks);
    await settle();
    list.setQuery({ search: ' red ', orientation: 'PORTRAIT', readyOnly: true });
    expect(list).toMatchObject({ items: [], total: null, character: { id: 'c1' } });
    await settle();
    expect(server.last.body).toEqual({
      documentId: hashOf(PickerLooksDocument),
      variables: { id: 'group1', first: 24, after: null, search: 'red', filter: { orientation: ['PORTRAIT'], readiness: ['READY'] } },
    });
    list.setQuery({ ...allLooks, readyOnly: true });
    expect(server.last.body.variables['filter']).toEqual({ readiness: ['READY'] });
  });

  test('of a character that does not exist are missing', async () => {
    const { server, list } = setupLooks(0);
    server.handler = (call) => call.respond({ data: { avatarGroup: null } });
    list.setQuery(allLooks);
    await settle();
    expect(list).toMatchObject({ missing: true, complete: true, loading: false, error: null, character: null });
  });

  test('of a character that fails have its error, and retry fetches both', async () => {
    const { server, items, list } = setupLooks(2);
    server.handler = (call) => call.respond({ data: { avatarGroup: null }, errors: [failure('RATE_LIMITED', ['avatarGroup'])] });
    list.setQuery(allLooks);
    await settle();
    expect(list).toMatchObject({ missing: false, complete: false, error: { code: 'RATE_LIMITED' } });
    server.handler = (call) => serveLooks(items, call);
    list.retry();
    await settle();
    expect(list).toMatchObject({ error: null, total: 2, character: { id: 'c1' } });
    expect(idsOf(list)).toEqual(['l0', 'l1']);
  });

  test('that fail leave the character, and retry fetches the looks alone', async () => {
    const { server, items, list } = setupLooks(2);
    server.handler = (call) =>
      call.respond({
        data: { avatarGroup: { ...character(1), defaultVoice: null, looks: null } },
        errors: [failure('FORBIDDEN', ['avatarGroup', 'defaultVoice']), failure('UPSTREAM_TIMEOUT', ['avatarGroup', 'looks'])],
      });
    list.setQuery(allLooks);
    await settle();
    expect(list).toMatchObject({ character: { id: 'c1' }, items: [], error: { code: 'UPSTREAM_TIMEOUT' } });
    server.handler = (call) => serveLooks(items, call);
    list.retry();
    await settle();
    expect(server.last.body.documentId).toBe(hashOf(PickerLooksDocument));
    expect(idsOf(list)).toEqual(['l0', 'l1']);
  });

  test('are usable without a total', async () => {
    const { server, items, list } = setupLooks(2);
    server.handler = ({ body, respond }) =>
      respond({
        data: { avatarGroup: { ...character(1), defaultVoice: null, looks: { ...pageOf(items, { ...body.variables, first: 24 }), totalCount: null } } },
        errors: [failure('UPSTREAM_TIMEOUT', ['avatarGroup', 'looks', 'totalCount'])],
      });
    list.setQuery(allLooks);
    await settle();
    expect(list).toMatchObject({ total: null, error: null, complete: true });
    expect(list.items).toHaveLength(2);
  });

  test('are replaced by their new states', async () => {
    const { list } = setupLooks(3);
    list.setQuery(allLooks);
    await settle();
    let changes = 0;
    list.addEventListener('change', () => changes++);
    list.replace({ ...look(1), name: 'New' });
    list.replace({ ...look(9), name: 'Not in the list' });
    expect(list.items.map(({ name }) => name)).toEqual(['Look 0', 'New', 'Look 2']);
    expect(changes).toBe(1);
  });
});

describe('voices', () => {
  test('are pages of 20 with filters', async () => {
    const { server, list } = setupVoices(45);
    list.setQuery({ type: 'PRIVATE', search: ' mon ', language: 'English', gender: 'female' });
    await settle();
    expect(server.last.body.variables).toEqual({
      first: 20, after: null, type: 'PRIVATE', search: 'mon', language: 'English', gender: 'female',
    });
    list.loadMore();
    await settle();
    list.loadMore();
    await settle();
    expect(idsOf(list)).toEqual(range(45, (i) => `v${i}`));
    expect(list.complete).toBe(true);
  });

  test('have the error of their list', async () => {
    const { server, list } = setupVoices(1);
    server.handler = (call) => call.respond({ data: { voices: null }, errors: [failure('FORBIDDEN', ['voices'])] });
    list.setQuery(publicVoices);
    await settle();
    expect(list).toMatchObject({ items: [], complete: false, error: { code: 'FORBIDDEN', path: ['voices'] } });
  });
});

describe('a paged list', () => {
  test('ends with an error after three pages without new items', async () => {
    const { server, list } = setupVoices(30);
    list.setQuery(publicVoices);
    await settle();
    let page = 0;
    server.handler = ({ respond }) => respond({ data: { voices: { nodes: [voice(0)], pageInfo: { hasNextPage: true, endCursor: `page${page++}` } } } });
    list.loadMore();
    await settle();
    expect(page).toBe(3);
    expect(list).toMatchObject({ loading: false, error: { code: 'UPSTREAM_INVALID_RESPONSE' } });
    expect(list.items).toHaveLength(20);
  });

  test('dispatches close when it is closed', () => {
    const { list } = setupVoices(1);
    const events: string[] = [];
    for (const type of ['change', 'close']) list.addEventListener(type, () => events.push(type));
    list.setQuery(publicVoices);
    list.close();
    expect(events).toEqual(['change', 'close']);
  });

  test('cancels the previous query, whose late response is not shown', async () => {
    const { server, list } = setupVoices(1);
    server.handler = null;
    list.setQuery(publicVoices);
    const old = server.last;
    list.setQuery({ ...publicVoices, search: 'm' });
    expect(old.signal?.aborted).toBe(true);
    server.last.respond({ data: { voices: pageOf([voice('new')], { first: 20 }) } });
    old.respond({ data: { voices: pageOf([voice('old')], { first: 20 }) } });
    await settle();
    expect(idsOf(list)).toEqual(['vnew']);
    expect(list).toMatchObject({ loading: false, error: null });
  });

  test('shows an item of two pages once', async () => {
    const { items, list } = setupVoices(30);
    list.setQuery(publicVoices);
    await settle();
    items.splice(25, 0, items[3]!);
    list.loadMore();
    await settle();
    expect(idsOf(list)).toEqual(range(30, (i) => `v${i}`));
  });

  test('keeps what is shown when a page fails; retry, not loadMore, loads it', async () => {
    const { server, items, list } = setupVoices(30);
    list.setQuery(publicVoices);
    await settle();
    server.handler = (call) => call.reject(new TypeError('Failed to fetch'));
    list.loadMore();
    await settle();
    expect(list).toMatchObject({ loading: false, complete: false, error: { code: 'NETWORK_ERROR' } });
    expect(list.items).toHaveLength(20);
    list.loadMore();
    expect(server.calls).toHaveLength(2);
    server.handler = ({ body, respond }) => respond({ data: { voices: pageOf(items, body.variables) } });
    list.retry();
    expect(list).toMatchObject({ loading: true, error: null });
    expect(list.items).toHaveLength(20);
    await settle();
    expect(list.items).toHaveLength(30);
    list.retry();
    expect(server.calls).toHaveLength(3);
  });

  test.each(['CURSOR_EXPIRED', 'INVALID_CURSOR'])('starts again without duplicates after %s', async (code) => {
    const { server, items, list } = setupVoices(60);
    list.setQuery(publicVoices);
    await settle();
    let failed = false;
    server.handler = ({ body, respond }) => {
      if (failed) return respond({ data: { voices: pageOf(items, body.variables) } });
      failed = true;
      respond({ data: { voices: null }, errors: [failure(code, ['voices'])] });
    };
    list.loadMore();
    await settle();
    expect(server.calls.map(({ body }) => body.variables['after'])).toEqual([null, 'v19', null, 'v19']);
    expect(idsOf(list)).toEqual(range(40, (i) => `v${i}`));
    expect(list.error).toBeNull();
  });

  test('does not start again forever', async () => {
    const { server, items, list } = setupVoices(60);
    list.setQuery(publicVoices);
    await settle();
    server.handler = ({ body, respond }) =>
      body.variables['after']
        ? respond({ data: { voices: null }, errors: [failure('CURSOR_EXPIRED', ['voices'])] })
        : respond({ data: { voices: pageOf(items, body.variables) } });
    list.loadMore();
    await settle();
    expect(list).toMatchObject({ loading: false, error: { code: 'CURSOR_EXPIRED' } });
    expect(list.items).toHaveLength(20);
    expect(server.calls).toHaveLength(4);
  });

  test('stops when it is closed', async () => {
    const { server, list } = setupVoices(60);
    server.handler = null;
    list.setQuery(publicVoices);
    let changes = 0;
    list.addEventListener('change', () => changes++);
    list.close();
    expect(server.last.signal?.aborted).toBe(true);
    await settle();
    list.loadMore();
    list.retry();
    expect(list).toMatchObject({ loading: false, error: null });
    expect(changes).toBe(0);
    expect(server.calls).toHaveLength(1);
  });
});

describe('by id', () => {
  test('a look has its voice and its character', async () => {
    const server = new FakeFetch();
    const detail = { ...look(1), defaultVoice: voice(1), group: character(1) };
    server.handler = (call) => call.respond({ data: { avatarLook: detail } });
    expect(await fetchLook(server.client(), 'look1')).toEqual(detail);
    expect(server.last.body.variables).toEqual({ id: 'look1' });
  });

  test('a look is there even if its voice fails', async () => {
    const server = new FakeFetch();
    const detail = { ...look(1), defaultVoice: null, group: null };
    server.handler = (call) => call.respond({ data: { avatarLook: detail }, errors: [failure('FORBIDDEN', ['avatarLook', 'defaultVoice'])] });
    expect(await fetchLook(server.client(), 'look1')).toEqual(detail);
  });

  test('a voice is fetched', async () => {
    const server = new FakeFetch();
    server.handler = (call) => call.respond({ data: { voice: voice(1) } });
    expect(await fetchVoice(server.client(), 'voice1')).toEqual(voice(1));
  });

  test('what does not exist is null, and what fails is an error', async () => {
    const server = new FakeFetch();
    const client = server.client();
    server.handler = (call) => call.respond({ data: { avatarLook: null, voice: null } });
    expect(await fetchLook(client, 'x')).toBeNull();
    expect(await fetchVoice(client, 'x')).toBeNull();
    const errors = [failure('RATE_LIMITED', ['avatarLook']), failure('FORBIDDEN', ['voice'])];
    server.handler = (call) => call.respond({ data: { avatarLook: null, voice: null }, errors });
    await expect(fetchLook(client, 'x')).rejects.toMatchObject({ code: 'RATE_LIMITED', path: ['avatarLook'] });
    await expect(fetchVoice(client, 'x')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('an aborted fetch throws its AbortError', async () => {
    const server = new FakeFetch();
    const controller = new AbortController();
    const result = fetchLook(server.client(), 'look1', controller.signal);
    controller.abort();
    await expect(result).rejects.toMatchObject({ name: 'AbortError' });
  });
});
