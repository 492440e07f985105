import { describe, expect, test } from 'vitest';
import { CharacterList, type CharacterQuery } from '../../src/data/characters';
import { facets, ids, isCount, names, pageCalls, plain, serve, setup } from './character-server';
import { character, failure, pageOf, settle } from './fake';

describe('the first screen', () => {
  test('is one request, and after its response one for the counts', async () => {
    const { server, items, list } = setup(100);
    server.handler = null;
    let changes = 0;
    list.addEventListener('change', () => changes++);
    list.setQuery(plain);
    expect(list.loading).toBe(true);
    expect(changes).toBe(1);
    await settle();
    expect(server.calls).toHaveLength(1);
    expect(server.last.body.variables).toEqual({
      first: 48, after: null, counts: false, ownership: null, search: null, filter: null, orderBy: null,
    });
    serve(items, server.last);
    await settle();
    expect(list).toMatchObject({ loaded: 48, complete: false, loading: false, total: null, facets: null, error: null });
    expect(list.at(47)).toEqual(character(47));
    expect(list.at(48)).toBeUndefined();
    expect(changes).toBe(2);
    expect(server.calls).toHaveLength(2);
    expect(server.last.body.variables).toMatchObject({ first: 0, counts: true });
    serve(items, server.last);
    await settle();
    expect(changes).toBe(3);
    expect(list.total).toBe(100);
    expect(list.facets).toEqual({ ...facets, ownership: [{ value: 'PUBLIC', count: 99 }, { value: 'PRIVATE', count: 1 }] });
  });

  test('of one owner is as fast', async () => {
    const { server, list } = setup(100);
    list.setQuery({ ...plain, ownership: 'PRIVATE' });
    await settle();
    expect(server.calls.map(({ body }) => body.variables)).toMatchObject([
      { ownership: 'PRIVATE', counts: false, first: 48 },
      { ownership: 'PRIVATE', counts: true, first: 0 },
    ]);
  });

  test('is usable when the counts fail, and retry requests them again', async () => {
    const { server, items, list } = setup(100);
    server.handler = (call) => (isCount(call) ? call.respond({ errors: [failure('CATALOGUE_TOO_LARGE')] }) : serve(items, call));
    list.setQuery(plain);
    await settle();
    expect(list).toMatchObject({ loaded: 48, total: null, facets: null, error: null });
    list.loadMore();
    await settle();
    expect(list.loaded).toBe(96);
    server.handler = (call) => serve(items, call);
    list.retry();
    await settle();
    expect(list).toMatchObject({ loaded: 96, total: 100 });
  });

  test('requests the counts once, also if retry is called meanwhile', async () => {
    const { server, items, list } = setup(3);
    server.handler = (call) => void (isCount(call) || serve(items, call));
    list.setQuery(plain);
    await settle();
    list.retry();
    await settle();
    expect(server.calls.filter(isCount)).toHaveLength(1);
  });

  test('has the counts that succeed', async () => {
    const { server, items, list } = setup(1);
    server.handler = (call) =>
      isCount(call)
        ? call.respond({
            data: { avatarGroups: { ...pageOf(items, { first: 0 }), totalCount: 1, facets }, public: { totalCount: null }, private: null },
            errors: [failure('UPSTREAM_TIMEOUT', ['public', 'totalCount'])],
          })
        : serve(items, call);
    list.setQuery(plain);
    await settle();
    expect(list.total).toBe(1);
    expect(list.facets).toEqual({ ...facets, ownership: [] });
  });

  test('is counted without owners by a server for which that is too complex', async () => {
    const { server, items, list } = setup(100);
    server.handler = (call) => {
      const { counts, owners = true } = call.body.variables;
      if (counts && owners) call.respond({ errors: [failure('QUERY_TOO_COMPLEX')] }, { status: 400 });
      else serve(items, call);
    };
    list.setQuery(plain);
    await settle();
    expect(list).toMatchObject({ total: 100, error: null });
    list.setQuery({ ...plain, search: 'monica' });
    await settle();
    expect(list).toMatchObject({ loaded: 48, total: 100, error: null });
    expect(server.calls.map(({ body }) => [body.variables['counts'], body.variables['owners']])).toEqual([
      [false, undefined],
      [true, undefined],
      [true, false],
      [true, false],
    ]);
  });

  test('of an empty list is complete', async () => {
    const { server, list } = setup(0);
    list.setQuery(plain);
    await settle();
    expect(list).toMatchObject({ loaded: 0, complete: true, loading: false });
    list.ensure(0, 20);
    list.loadMore();
    expect(pageCalls(server)).toHaveLength(1);
  });
});

describe('a search', () => {
  test.each<[Partial<CharacterQuery>, object]>([
    [{ search: ' mon ' }, { search: 'mon', filter: null }],
    [{ gender: ['FEMALE'] }, { filter: { gender: ['FEMALE'], status: [] } }],
    [{ status: ['COMPLETED'] }, { filter: { gender: [], status: ['COMPLETED'] } }],
    [{ order: 'name' }, { orderBy: { field: 'NAME', direction: 'ASC' } }],
    [{ order: 'newest' }, { orderBy: { field: 'CREATED_AT', direction: 'DESC' } }],
    [{ order: 'looks' }, { orderBy: { field: 'LOOKS_COUNT', direction: 'DESC' } }],
  ])('is one request for all: %j', async (query, variables) => {
    const { server, list } = setup(60);
    list.setQuery({ ...plain, ...query });
    await settle();
    expect(server.calls).toHaveLength(1);
    expect(server.last.body.variables).toMatchObject({ ...variables, counts: true, first: 48 });
    expect(list).toMatchObject({ total: 60, loaded: 48 });
    list.loadMore();
    await settle();
    expect(server.last.body.variables).toMatchObject({ ...variables, counts: false, after: 'c47' });
    expect(list).toMatchObject({ total: 60, loaded: 60, complete: true });
  });

  test('whose counts fail shows its page', async () => {
    const { server, items, list } = setup(3);
    server.handler = ({ body, respond }) =>
      respond({
        data: { avatarGroups: { ...pageOf(items, body.variables), totalCount: null, facets: null }, public: null, private: null },
        errors: [failure('UPSTREAM_TIMEOUT', ['avatarGroups', 'totalCount'])],
      });
    list.setQuery({ ...plain, search: 'mon' });
    await settle();
    expect(list).toMatchObject({ loaded: 3, total: null, facets: null, error: null });
  });

  test('cancels the previous query, whose late response is not shown', async () => {
    const { server, list } = setup(0);
    server.handler = null;
    list.setQuery({ ...plain, search: 'm' });
    const old = server.last;
    list.setQuery({ ...plain, search: 'mo' });
    expect(old.signal?.aborted).toBe(true);
    serve([character('mo')], server.last);
    serve([character('m')], old);
    await settle();
    expect(names(list)).toEqual(['cmo']);
    expect(list).toMatchObject({ loading: false, error: null });
  });

  test('does not show a response that a fetch without abort delivers late', async () => {
    const { server, list } = setup(0);
    server.handler = null;
    const client = server.client();
    const original = client.request.bind(client);
    client.request = (document, variables) => original(document, variables); // without the signal
    const deaf = new CharacterList(client);
    deaf.setQuery({ ...plain, search: 'm' });
    const old = server.last;
    deaf.setQuery({ ...plain, search: 'mo' });
    const latest = server.last;
    serve([character('m')], old);
    await settle();
    expect(deaf).toMatchObject({ loaded: 0, loading: true });
    serve([character('mo')], latest);
    await settle();
    expect(names(deaf)).toEqual(['cmo']);
    list.close();
  });

  test('clears items, counts and error of the previous query', async () => {
    const { server, list } = setup(60);
    list.setQuery(plain);
    await settle();
    server.handler = (call) => call.respond({ errors: [failure('RATE_LIMITED')] });
    list.loadMore();
    await settle();
    expect(list.error).toMatchObject({ code: 'RATE_LIMITED' });
    server.handler = null;
    list.setQuery({ ...plain, search: 'x' });
    expect(list).toMatchObject({ loaded: 0, complete: false, loading: true, total: null, facets: null, error: null });
  });
});

describe('paging', () => {
  test('loads the next page once, and none while loading or when complete', async () => {
    const { server, list } = setup(100);
    list.setQuery(plain);
    list.loadMore();
    await settle();
    expect(pageCalls(server)).toHaveLength(1);
    list.loadMore();
    list.loadMore();
    await settle();
    expect(list.loaded).toBe(96);
    list.loadMore();
    await settle();
    expect(list).toMatchObject({ loaded: 100, complete: true });
    list.loadMore();
    await settle();
    expect(pageCalls(server).map(({ body }) => body.variables['after'])).toEqual([null, 'c47', 'c95']);
    expect(names(list)).toEqual(ids(100));
  });

  test('loads pages one after the other until a range is loaded', async () => {
    const { server, list } = setup(100, { pageSize: 10 });
    list.setQuery(plain);
    list.ensure(30, 39);
    await settle();
    expect(list).toMatchObject({ loaded: 40, loading: false });
    expect(pageCalls(server)).toHaveLength(4);
    list.ensure(0, 39);
    await settle();
    expect(pageCalls(server)).toHaveLength(4);
    list.ensure(90, 120);
    await settle();
    expect(list).toMatchObject({ loaded: 100, complete: true, loading: false });
  });

  test('shows an item once that moves to the next page while paging', async () => {
    const { items, list } = setup(20, { pageSize: 10 });
    list.setQuery(plain);
    await settle();
    items.splice(12, 0, items[9]!, items[3]!); // both are on the first page, too
    items.splice(9, 1);
    items.splice(8, 0, character(9));
    list.loadMore();
    await settle();
    expect(new Set(names(list)).size).toBe(list.loaded);
  });

  test('goes on after a page without new items', async () => {
    const { server, items, list } = setup(30, { pageSize: 10 });
    list.setQuery(plain);
    await settle();
    server.handler = (call) =>
      call.body.variables['after'] === 'c9'
        ? call.respond({ data: { avatarGroups: { nodes: items.slice(0, 10), pageInfo: { hasNextPage: true, endCursor: 'c9x' } } } })
        : serve(items, { ...call, body: { variables: { ...call.body.variables, after: 'c9' } } });
    list.loadMore();
    await settle();
    expect(names(list)).toEqual(ids(20));
  });

  test('ends with an error after three pages without new items', async () => {
    const { server, items, list } = setup(30, { pageSize: 10 });
    list.setQuery(plain);
    await settle();
    const before = server.calls.length;
    let page = 0;
    server.handler = ({ respond }) =>
      respond({ data: { avatarGroups: { nodes: items.slice(0, 10), pageInfo: { hasNextPage: true, endCursor: `page${page++}` } } } });
    list.loadMore();
    await settle();
    expect(server.calls).toHaveLength(before + 3);
    expect(list.error).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE' });
    expect(names(list)).toEqual(ids(10));
    server.handler = (call) => serve(items, { ...call, body: { variables: { ...call.body.variables, after: 'c9' } } });
    list.retry();
    await settle();
    expect(list.error).toBeNull();
    expect(names(list)).toEqual(ids(20));
  });

  test('keeps what is shown when a page fails, and retry loads it', async () => {
    const { server, items, list } = setup(30, { pageSize: 10 });
    list.setQuery(plain);
    await settle();
    server.handler = (call) => call.reject(new TypeError('Failed to fetch'));
    list.loadMore();
    await settle();
    expect(list).toMatchObject({ loaded: 10, loading: false, total: 30, error: { code: 'NETWORK_ERROR' } });
    const { length } = server.calls;
    list.loadMore();
    list.ensure(0, 50);
    await settle();
    expect(server.calls).toHaveLength(length);
    server.handler = (call) => serve(items, call);
    list.ensure(0, 5);
    list.retry();
    expect(list.error).toBeNull();
    await settle();
    expect(list).toMatchObject({ loaded: 20, error: null });
    expect(names(list)).toEqual(ids(20));
  });

  test('has the error of a list that is null, and retry loads the first page', async () => {
    const { server, items, list } = setup(5);
    server.handler = (call) => call.respond({ data: { avatarGroups: null }, errors: [failure('UPSTREAM_TIMEOUT', ['avatarGroups'])] });
    list.setQuery(plain);
    await settle();
    expect(list).toMatchObject({ loaded: 0, complete: false, loading: false, error: { code: 'UPSTREAM_TIMEOUT', path: ['avatarGroups'] } });
    expect(server.calls).toHaveLength(1);
    server.handler = (call) => serve(items, call);
    list.retry();
    await settle();
    expect(list).toMatchObject({ loaded: 5, total: 5, error: null });
  });

  test('stops when the list is closed', async () => {
    const { server, items, list } = setup(60);
    server.handler = null;
    list.setQuery(plain);
    let changes = 0;
    list.addEventListener('change', () => changes++);
    list.close();
    expect(server.last.signal?.aborted).toBe(true);
    serve(items, server.last);
    await settle();
    list.ensure(0, 10);
    list.retry();
    list.loadMore();
    await settle();
    expect(changes).toBe(0);
    expect(server.calls).toHaveLength(1);
  });
});

describe('an invalid cursor', () => {
  const invalid = (code: string) => ({ data: { avatarGroups: null }, errors: [failure(code, ['avatarGroups'])] });

  test.each(['CURSOR_EXPIRED', 'INVALID_CURSOR'])('starts the list again without duplicates: %s', async (code) => {
    const { server, items, list } = setup(40, { pageSize: 10 });
    list.setQuery(plain);
    list.ensure(0, 19);
    await settle();
    items.unshift(character('new'));
    let failed = false;
    server.handler = (call) => {
      if (call.body.variables['after'] !== 'c19' || failed) return serve(items, call);
      failed = true;
      expect(list.loaded).toBe(20);
      call.respond(invalid(code));
    };
    list.ensure(0, 29);
    await settle();
    expect(names(list)).toEqual(['cnew', ...ids(29)]);
    expect(list).toMatchObject({ error: null, total: 41 });
  });

  test('keeps what is shown until the first page is there', async () => {
    const { server, items, list } = setup(40, { pageSize: 10 });
    list.setQuery(plain);
    list.ensure(0, 19);
    await settle();
    server.handler = null;
    list.ensure(0, 29);
    server.last.respond(invalid('CURSOR_EXPIRED'));
    await settle();
    expect(list).toMatchObject({ loaded: 20, loading: true, error: null });
    expect(server.last.body.variables).toMatchObject({ after: null, first: 10 });
    server.handler = (call) => serve(items, call);
    serve(items, server.last);
    await settle();
    expect(names(list)).toEqual(ids(30));
  });

  test('of a list that starts again in vain is an error', async () => {
    const { server, items, list } = setup(40, { pageSize: 10 });
    list.setQuery(plain);
    await settle();
    server.handler = (call) => (call.body.variables['after'] ? call.respond(invalid('CURSOR_EXPIRED')) : serve(items, call));
    list.ensure(0, 39);
    await settle();
    expect(list).toMatchObject({ loaded: 10, loading: false, error: { code: 'CURSOR_EXPIRED' } });
    expect(pageCalls(server)).toHaveLength(4);
    server.handler = (call) => serve(items, call);
    list.retry();
    await settle();
    expect(names(list)).toEqual(ids(40));
  });
});
