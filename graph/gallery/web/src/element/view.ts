import type { CharacterQuery } from '../data/characters';
import type { Gender, Order, Orientation, Ownership, PickerView, TrainingStatus } from '../picker';

export const GENDERS: readonly Gender[] = ['FEMALE', 'MALE', 'OTHER', 'UNKNOWN'];
export const STATUSES: readonly TrainingStatus[] = ['COMPLETED', 'PROCESSING', 'PENDING_CONSENT', 'FAILED', 'UNKNOWN'];
export const OWNERSHIPS: readonly Ownership[] = ['public', 'private'];
export const ORDERS: readonly Order[] = ['relevance', 'name', 'newest', 'looks'];
export const ORIENTATIONS: readonly Orientation[] = ['portrait', 'landscape', 'square'];

export const MAX_SEARCH_LENGTH = 100; // the server's maximum
export const MAX_ID_LENGTH = 256;

const only = <T>(allowed: readonly T[], values: unknown): T[] =>
  Array.isArray(values) ? allowed.filter((value) => values.includes(value)) : [];

const searchOf = (value: unknown): string => (typeof value === 'string' ? value.trim().slice(0, MAX_SEARCH_LENGTH) : '');

const idOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' && value.length <= MAX_ID_LENGTH ? value : null;

const oneOf = <T>(known: readonly T[], value: unknown): T | undefined => known.find((candidate) => candidate === value);

// normalizeView returns a valid view; what is invalid or absent has its default value. That of the orientation is
// undefined: the element's attribute applies.
export function normalizeView(view: Partial<PickerView> | null | undefined) {
  const { search, gender, status, ownership, order, lookSearch, orientation, readyOnly, groupId, lookId, voiceId } = view ?? {};
  return {
    search: searchOf(search),
    gender: only(GENDERS, gender),
    status: only(STATUSES, status),
    ownership: oneOf(OWNERSHIPS, ownership) ?? null,
    order: oneOf(ORDERS, order) ?? 'relevance',
    lookSearch: searchOf(lookSearch),
    orientation: orientation === null ? null : oneOf(ORIENTATIONS, orientation),
    readyOnly: readyOnly === true,
    groupId: idOf(groupId),
    lookId: idOf(lookId),
    voiceId: idOf(lookId) === null ? null : idOf(voiceId),
  };
}

export type Query = Pick<PickerView, 'search' | 'gender' | 'status' | 'ownership' | 'order'>;

export function queryOf({ search, gender, status, ownership, order }: Query): Query {
  return { search, gender, status, ownership, order };
}

// listQueryOf returns the query of the list. The page's owner of avatars wins over the user's.
export function listQueryOf(query: Query, fixedOwnership: Ownership | null): CharacterQuery {
  const ownership = fixedOwnership ?? query.ownership;
  return { ...query, ownership: ownership === null ? null : (ownership.toUpperCase() as 'PUBLIC' | 'PRIVATE') };
}
