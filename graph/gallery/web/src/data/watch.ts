import { PickerCharacterChangedDocument, PickerLookChangedDocument } from '../gql/graphql';
import type { Character } from './characters';
import type { GraphQLClient } from './client';
import type { Look } from './looks';

/** A subscription to one resource. Null: it does not exist, or not any more. */
type Watch<T> = AsyncGenerator<T | null, void, undefined>;

/** Yields a look now and whenever it changes, until its training ends. */
export async function* watchLook(client: GraphQLClient, lookId: string, signal?: AbortSignal): Watch<Look> {
  const events = client.watch(PickerLookChangedDocument, { id: lookId }, signal);
  for await (const { avatarLookChanged } of events) yield avatarLookChanged;
}

/** Yields a character now and whenever it changes, until its training ends. */
export async function* watchGroup(client: GraphQLClient, groupId: string, signal?: AbortSignal): Watch<Character> {
  const events = client.watch(PickerCharacterChangedDocument, { id: groupId }, signal);
  for await (const { avatarGroupChanged } of events) yield avatarGroupChanged;
}
