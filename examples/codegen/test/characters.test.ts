import { expect, test } from 'vitest';
import {
  type Character,
  CharacterItem,
  type CharacterPageResult,
  characterPages,
  refetchCharacter,
} from '../src/characters';
import { useFragment } from '../src/gql';
import { editRequests, requests } from './intercept-fetch';
import { fetchGroupIds } from './rest-client';

/**
 * A cursor of `avatarGroups` for a position that does not exist: it refers to an unknown character. It is signed like
 * the cursors of a server without CURSOR_SECRET.
 */
const EXPIRED_CURSOR = 'EBfTfAcAAWqDe5oSZ5dwdzaqbLs';

async function allCharacters(first?: number, search?: string): Promise<Character[]> {
  const all: Character[] = [];
  for await (const { characters } of characterPages(first, search)) all.push(...characters);
  return all;
}

const groupIds = (characters: Character[]) => useFragment(CharacterItem, characters).map(({ groupId }) => groupId);

test('characterPages yields every character once, in HeyGen’s order, with one request per fifty', async () => {
  const expected = await fetchGroupIds();
  expect(new Set(expected).size).toBe(expected.length);
  expect(expected.length).toBeGreaterThan(100);
  expect(groupIds(await allCharacters())).toEqual(expected);
  expect(requests).toHaveLength(Math.ceil(expected.length / 50));
});

test('characterPages does not fetch the next page before it is requested', async () => {
  for await (const page of characterPages(10)) {
    expect(page.characters).toHaveLength(10);
    expect(page.totalCount).toBeNull();
    break;
  }
  expect(requests).toHaveLength(1);
});

test('a search yields the same characters on pages of any size, and their number on each', async () => {
  const found = await allCharacters(100, 'mon');
  const names = useFragment(CharacterItem, found).map(({ name }) => name);
  expect(names[0]).toBe('Monica');
  expect(names).toContain('Mónica');
  for (const name of names) expect(name.normalize('NFKD').replace(/\p{M}/gu, '')).toMatch(/\bmon/i);
  requests.length = 0;
  const pages: CharacterPageResult[] = [];
  for await (const page of characterPages(2, ' MON ')) pages.push(page);
  expect(pages.flatMap(({ characters }) => groupIds(characters))).toEqual(groupIds(found));
  for (const { totalCount } of pages) expect(totalCount).toBe(found.length);
  expect(requests).toHaveLength(Math.ceil(found.length / 2));
  expect(pages.length).toBeGreaterThan(1);
});

test('a search without matches yields nothing, and a blank one restricts nothing', async () => {
  expect(await allCharacters(50, 'zzzz')).toEqual([]);
  const { value: blank } = await characterPages(10, ' ').next();
  const { value: plain } = await characterPages(10).next();
  expect(blank).toEqual(plain);
});

test('characterPages restarts after an expired cursor, without duplicates', async () => {
  const expected = await fetchGroupIds();
  editRequests((body, count) => {
    if (count === 3) body.variables.after = EXPIRED_CURSOR;
  });
  expect(groupIds(await allCharacters())).toEqual(expected);
  // Two pages are fetched twice, and one request is rejected.
  expect(requests).toHaveLength(Math.ceil(expected.length / 50) + 3);
  expect(requests[3]!.variables.after).toBeNull();
});

test('characterPages throws if a cursor expires again before any new character', async () => {
  editRequests((body) => {
    if (body.variables.after) body.variables.after = EXPIRED_CURSOR;
  });
  await expect(allCharacters()).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
  expect(requests).toHaveLength(4);
});

test('characterPages does not restart after an invalid cursor', async () => {
  editRequests((body) => {
    if (body.variables.after) body.variables.after = 'nonsense';
  });
  await expect(allCharacters()).rejects.toMatchObject({ code: 'INVALID_CURSOR' });
  expect(requests).toHaveLength(2);
});

test('refetchCharacter fetches the same character by its global id with one request', async () => {
  const { value: page } = await characterPages(10).next();
  const listed = page!.characters[3]!;
  requests.length = 0;
  const refetched = await refetchCharacter(listed.id);
  expect(requests.map(({ variables }) => variables)).toEqual([{ id: listed.id }]);
  expect(refetched!.id).toBe(listed.id);
  expect(groupIds([refetched!])).toEqual(groupIds([listed]));
});

test('refetchCharacter returns null for the id of another type', async () => {
  const voiceId = Buffer.from('Voice:5c3e9f1b7a2d4c60b8e1f7a94d20c6b3').toString('base64url');
  expect(await refetchCharacter(voiceId)).toBeNull();
});
