import { GENDERS, MAX_ID_LENGTH, MAX_SEARCH_LENGTH, ORDERS, ORIENTATIONS, OWNERSHIPS, STATUSES } from '../element/view';
import type { PickerView } from '../picker';

// Control characters, and U+FFFD, into which malformed percent-encoding is decoded.
const MALFORMED = /[\p{Cc}\p{Cs}\uFFFD]/u;

// parseView returns the view of a query string. Unknown parameters and malformed values are ignored, and of a repeated
// parameter all but the first.
export function parseView(query: string): PickerView {
  const parameters = new URLSearchParams(query);
  const order = oneOf(ORDERS, parameters.get('order'));
  return {
    search: string(parameters.get('q')?.trim(), MAX_SEARCH_LENGTH) ?? '',
    gender: subset(GENDERS, parameters.get('gender')),
    status: subset(STATUSES, parameters.get('status')),
    ownership: oneOf(OWNERSHIPS, parameters.get('ownership')),
    order: order ?? 'relevance',
    lookSearch: string(parameters.get('looks')?.trim(), MAX_SEARCH_LENGTH) ?? '',
    orientation: oneOf(ORIENTATIONS, parameters.get('orientation')),
    readyOnly: parameters.get('ready') === 'true',
    groupId: string(parameters.get('character'), MAX_ID_LENGTH),
    lookId: string(parameters.get('look'), MAX_ID_LENGTH),
    voiceId: string(parameters.get('voice'), MAX_ID_LENGTH),
  };
}

// formatView returns the query string of a view, such as "?q=monica&gender=FEMALE,MALE", or "" for the first screen.
// Equal views have equal query strings.
export function formatView(view: PickerView): string {
  const parameters: [string, string][] = [
    ['q', view.search.trim()],
    ['gender', GENDERS.filter((value) => view.gender.includes(value)).join()],
    ['status', STATUSES.filter((value) => view.status.includes(value)).join()],
    ['ownership', view.ownership ?? ''],
    ['order', view.order === 'relevance' ? '' : view.order],
    ['looks', view.lookSearch.trim()],
    ['orientation', view.orientation ?? ''],
    ['ready', view.readyOnly ? 'true' : ''],
    ['character', view.groupId ?? ''],
    ['look', view.lookId ?? ''],
    ['voice', view.voiceId ?? ''],
  ];
  const query = new URLSearchParams(parameters.filter(([, value]) => value !== '')).toString();
  return query === '' ? '' : `?${query.replaceAll('%2C', ',')}`;
}

// historyAction returns what a change of the view does to the browser's history: a character or the choice of a look is an
// entry of its own, so that Back returns to the list; search, filters, order and another look of the same character update
// the current entry.
export function historyAction(from: PickerView, to: PickerView): 'push' | 'replace' | null {
  if (formatView(from) === formatView(to)) return null;
  return from.groupId === to.groupId && (from.lookId === to.lookId || (from.lookId !== null && to.lookId !== null)) ? 'replace' : 'push';
}

function string(value: string | null | undefined, maxLength: number): string | null {
  return !value || value.length > maxLength || MALFORMED.test(value) ? null : value;
}

function oneOf<T extends string>(known: readonly T[], value: string | null): T | null {
  return known.find((candidate) => candidate === value) ?? null;
}

function subset<T extends string>(known: readonly T[], value: string | null): T[] {
  const values = value?.split(',') ?? [];
  return known.filter((candidate) => values.includes(candidate));
}
