import { describe, expect, test } from 'vitest';
import type { CharacterList } from '../../src/data/characters';
import { ids, isCount, names, pageCalls, plain, setup } from './character-server';
import { character, settle } from './fake';

describe('the window', () => {
  const options = { pageSize: 10, maxPages: 3 };
  const inMemory = (list: CharacterList) => names(list).filter((id) => id !== undefined);

  test('has at most 12 pages by default', async () => {
    const { list } = setup(700);
    list.setQuery(plain);
    list.ensure(0, 20);
    await settle();
    for (let i = 0; i < 14; i++) {
      list.loadMore();
      await settle();
    }
    expect(list).toMatchObject({ loaded: 700, complete: true });
    expect(inMemory(list)).toHaveLength(11 * 48 + 28); // the last page is the latest
  });

  test('drops the pages farthest from the visible range, and loads them again after their cursors', async () => {
    const { server, list } = setup(100, options);
    list.setQuery(plain);
    list.ensure(60, 69);
    await settle();
    expect(list.loaded).toBe(70);
    expect(inMemory(list)).toEqual(ids(30, 40));
    expect(list.at(39)).toBeUndefined();
    list.ensure(25, 34);
    expect(list.loading).toBe(true);
    await settle();
    expect(pageCalls(server).slice(-2).map(({ body }) => body.variables['after'])).toEqual(['c19', 'c29']);
    expect(inMemory(list)).toEqual(ids(30, 20));
    expect(list).toMatchObject({ loaded: 70, complete: false, total: 100 });
    list.ensure(65, 75);
    await settle();
    expect(list.loaded).toBe(80);
    expect(list.at(75)).toEqual(character(75));
  });

  test('loads the latest visible range, not those that were scrolled past', async () => {
    const { server, list } = setup(100, options);
    list.setQuery(plain);
    list.ensure(90, 99);
    await settle();
    const { length } = pageCalls(server);
    list.ensure(40, 49);
    list.ensure(20, 29);
    list.ensure(0, 9);
    await settle();
    expect(pageCalls(server).slice(length).map(({ body }) => body.variables['after'])).toEqual(['c39', null]);
    expect(list.at(0)).toEqual(character(0));
  });

  test('loads a range of more pages than it has once', async () => {
    const { server, list } = setup(100, options);
    list.setQuery(plain);
    list.ensure(0, 99);
    await settle();
    expect(list).toMatchObject({ loaded: 100, complete: true, loading: false });
    expect(pageCalls(server)).toHaveLength(10);
    expect(inMemory(list)).toEqual(ids(30));
  });

  test('loads a dropped first page again without the counts', async () => {
    const { server, list } = setup(60, options);
    list.setQuery(plain);
    list.ensure(50, 59);
    await settle();
    list.ensure(0, 5);
    await settle();
    expect(list.at(0)).toEqual(character(0));
    expect(server.calls.filter(isCount)).toHaveLength(1);
  });

  test('shows a page without an item that was deleted, and the pages after it', async () => {
    const { items, list } = setup(60, options);
    list.setQuery(plain);
    list.ensure(50, 59);
    await settle();
    items.splice(5, 1);
    list.ensure(0, 29);
    await settle();
    expect(names(list).slice(0, 29)).toEqual([...ids(5), ...ids(24, 6)]);
    expect(list).toMatchObject({ loaded: 59, complete: true });
  });

  test('loads the pages after one again into which an item was inserted', async () => {
    const { items, list } = setup(60, options);
    list.setQuery(plain);
    list.ensure(50, 59);
    await settle();
    items.splice(5, 0, character('new'));
    list.ensure(0, 29);
    await settle();
    expect(names(list)).toEqual([...ids(5), 'cnew', ...ids(24, 5)]);
    list.ensure(50, 70);
    await settle();
    expect(list).toMatchObject({ loaded: 61, complete: true });
  });
});
