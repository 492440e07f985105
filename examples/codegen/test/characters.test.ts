import { expect, test } from 'vitest';
import { type Character, CharacterItem, characterPages, refetchCharacter } from '../src/characters';
import { useFragment } from '../src/gql';
import { editRequests, requests } from './intercept-fetch';
import { fetchGroupIds } from './rest-client';

/**
 * A cursor of `avatarGroups` for a position that does not exist: it refers to an unknown character. It is signed like
 * the cursors of a server without CURSOR_SECRET.
 */
const EXPIRED_CURSOR = 'EBfTfAcAAWqDe5oSZ5dwdzaqbLs';

async function allCharacters(): Promise<Character[]> {
  const characters: Character[] = [];
  for await (const page of characterPages()) characters.push(...page);
  return characters;
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
    expect(page).toHaveLength(10);
    break;
  }
  expect(requests).toHaveLength(1);
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
  const listed = page![3]!;
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
