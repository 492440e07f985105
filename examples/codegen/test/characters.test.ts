import { expect, test } from 'vitest';
import { type Character, CharacterLine, characterPages, refetch } from '../src/characters';
import { useFragment } from '../src/gql';
import { asked, changing, EXPIRED, groupIdsByREST } from './intercept-fetch';

async function all(): Promise<Character[]> {
  const characters: Character[] = [];
  for await (const page of characterPages()) characters.push(...page);
  return characters;
}

const groupIds = (characters: Character[]) => useFragment(CharacterLine, characters).map(({ groupId }) => groupId);

test('walking to the end gives every character once, in HeyGen’s order, with one request for each fifty', async () => {
  const expected = await groupIdsByREST();
  expect(new Set(expected).size).toBe(expected.length);
  expect(expected.length).toBeGreaterThan(100);
  expect(groupIds(await all())).toEqual(expected);
  expect(asked).toHaveLength(Math.ceil(expected.length / 50));
});

test('a page that nobody asks for is not fetched', async () => {
  for await (const page of characterPages(10)) {
    expect(page).toHaveLength(10);
    break;
  }
  expect(asked).toHaveLength(1);
});

test('when a cursor has expired the list is begun again, and nothing is given twice', async () => {
  const expected = await groupIdsByREST();
  changing((body, n) => {
    if (n === 3) body.variables.after = EXPIRED;
  });
  expect(groupIds(await all())).toEqual(expected);
  // The two pages that were there already are read again, and one request was refused.
  expect(asked).toHaveLength(Math.ceil(expected.length / 50) + 3);
  expect(asked[3]!.variables.after).toBeNull();
});

test('a list whose cursors expire again before it brings anything new is given up', async () => {
  changing((body) => {
    if (body.variables.after) body.variables.after = EXPIRED;
  });
  await expect(all()).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
  expect(asked).toHaveLength(4);
});

test('a cursor that is no cursor does not begin the list again', async () => {
  changing((body) => {
    if (body.variables.after) body.variables.after = 'nonsense';
  });
  await expect(all()).rejects.toMatchObject({ code: 'INVALID_CURSOR' });
  expect(asked).toHaveLength(2);
});

test('one character is fetched again by its global id: one request, and the same object', async () => {
  const { value: page } = await characterPages(10).next();
  const listed = page![3]!;
  asked.length = 0;
  const again = await refetch(listed.id);
  expect(asked.map(({ variables }) => variables)).toEqual([{ id: listed.id }]);
  expect(again!.id).toBe(listed.id);
  expect(groupIds([again!])).toEqual(groupIds([listed]));
});

test('what is no character is not fetched as one', async () => {
  const voice = Buffer.from('Voice:5c3e9f1b7a2d4c60b8e1f7a94d20c6b3').toString('base64url');
  expect(await refetch(voice)).toBeNull();
});
