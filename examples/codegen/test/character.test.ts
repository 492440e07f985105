import { expect, test } from 'vitest';
import { fetchCharacter, partitionByReadiness, VoiceSample } from '../src/character';
import { useFragment } from '../src/gql';
import { requests } from './intercept-fetch';

test('fetchCharacter returns the looks and the voice in one request', async () => {
  const { character, error } = await fetchCharacter('group_monica');
  expect(requests).toHaveLength(1);
  expect(error).toBeNull();
  expect(character?.name).toBe('Monica');
  const { ready, notReady } = partitionByReadiness(character!.looks);
  const lookIds = [...ready, ...notReady].map(({ lookId }) => lookId);
  expect(lookIds).toEqual(['monica_office', 'monica_sofa', 'monica_street']);
  expect(ready.map(({ readiness }) => readiness)).toContainEqual({ state: 'READY', reason: null });
  for (const { readiness } of notReady) expect(readiness.state).not.toBe('READY');
  expect(useFragment(VoiceSample, character!.defaultVoice)?.name).toBe('Monica – Calm');
});

test('fetchCharacter returns the other fields and the error if the looks fail', async () => {
  const { character, error } = await fetchCharacter('group_monica', 101);
  expect(character?.name).toBe('Monica');
  expect(character?.looks).toBeNull();
  expect(useFragment(VoiceSample, character!.defaultVoice)?.language).toBe('English');
  expect(error).toMatchObject({ code: 'BAD_USER_INPUT', message: '`first` must be between 0 and 100.' });
  expect(error!.errors[0]!.path).toEqual(['avatarGroup', 'looks']);
});

test('fetchCharacter returns null, without an error, for an unknown character', async () => {
  expect(await fetchCharacter('unknown')).toEqual({ character: null, error: null });
});

test('fetchCharacter throws for the id of another type', async () => {
  const lookId = Buffer.from('AvatarLook:monica_office').toString('base64url');
  await expect(fetchCharacter(lookId)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
});
