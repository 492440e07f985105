import type { Gender, Order, PickerView, TrainingStatus } from '../picker';

const genders: readonly Gender[] = ['FEMALE', 'MALE', 'OTHER', 'UNKNOWN'];
const statuses: readonly TrainingStatus[] = ['COMPLETED', 'PROCESSING', 'PENDING_CONSENT', 'FAILED', 'UNKNOWN'];
const orders: readonly Order[] = ['relevance', 'name', 'newest', 'looks'];

export const GENDERS = genders;
export const STATUSES = statuses;
export const ORDERS = orders;

export const MAX_SEARCH_LENGTH = 100;

const only = <T>(allowed: readonly T[], values: unknown): T[] =>
  Array.isArray(values) ? allowed.filter((value) => values.includes(value)) : [];

const idOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

// normalizeView returns a valid view; what is invalid or absent has its default value.
export function normalizeView(view: Partial<PickerView> | null | undefined): PickerView {
  const { search, gender, status, ownership, order, groupId, lookId } = view ?? {};
  return {
    search: typeof search === 'string' ? search.trim().slice(0, MAX_SEARCH_LENGTH) : '',
    gender: only(genders, gender),
    status: only(statuses, status),
    ownership: ownership === 'public' || ownership === 'private' ? ownership : null,
    order: order && orders.includes(order) ? order : 'relevance',
    groupId: idOf(groupId),
    lookId: idOf(lookId),
  };
}
