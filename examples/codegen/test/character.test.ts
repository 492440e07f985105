import { expect, test } from 'vitest';
import { byReadiness, characterDetail, VoiceSample } from '../src/character';
import { useFragment } from '../src/gql';
import { asked } from './intercept-fetch';

test('a character comes with its ready looks and its voice in one request', async () => {
  const { character, problem } = await characterDetail('group_monica');
  expect(asked).toHaveLength(1);
  expect(problem).toBeNull();
  expect(character?.name).toBe('Monica');
  const { ready, others } = byReadiness(character!.looks);
  expect([...ready, ...others].map(({ lookId }) => lookId)).toEqual(['monica_office', 'monica_sofa', 'monica_street']);
  expect(ready.map(({ readiness }) => readiness)).toContainEqual({ state: 'READY', reason: null });
  for (const { readiness } of others) expect(readiness.state).not.toBe('READY');
  expect(useFragment(VoiceSample, character!.defaultVoice)?.name).toBe('Monica – Calm');
});

test('where the looks fail the rest of the character is given, with the reason', async () => {
  const { character, problem } = await characterDetail('group_monica', 101);
  expect(character?.name).toBe('Monica');
  expect(character?.looks).toBeNull();
  expect(useFragment(VoiceSample, character!.defaultVoice)?.language).toBe('English');
  expect(problem).toMatchObject({ code: 'BAD_USER_INPUT', message: '`first` must be between 0 and 100.' });
  expect(problem!.errors[0]!.path).toEqual(['avatarGroup', 'looks']);
});

test('a character that does not exist is null, and no error', async () => {
  expect(await characterDetail('nobody')).toEqual({ character: null, problem: null });
});

test('the id of another type is an error, for nothing is left to show', async () => {
  const look = Buffer.from('AvatarLook:monica_office').toString('base64url');
  await expect(characterDetail(look)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
});
