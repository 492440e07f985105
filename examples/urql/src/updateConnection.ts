import type { FieldArgs, UpdateResolver } from '@urql/exchange-graphcache';
import { stringifyVariables } from 'urql';

// updateConnection runs for each page that is written to the cache.
export const updateConnection: UpdateResolver = (parent, args, cache, info) => {
  const { parentKey, fieldName, parentFieldKey, error } = info;
  // A page that failed would replace the cached one with null: link the cached one again.
  const cachedPage = `${parentKey}.${parentFieldKey}`;
  if (error && cache.resolve(cachedPage, '__typename')) cache.link(parentKey, fieldName, args, cachedPage);
  if (!parent[fieldName] || hasCursor(args)) return;
  // A first page restarts the list. Invalidate the pages after the old one: their cursors may have expired, and
  // relayPagination would show them forever. A first page of another size stays, because it depends on no other page.
  for (const page of cache.inspectFields(parentKey)) {
    if (page.fieldName === fieldName && hasCursor(page.arguments) && filtersOf(page.arguments) === filtersOf(args)) {
      cache.invalidate(parentKey, fieldName, page.arguments);
    }
  }
};

const hasCursor = (args: FieldArgs) => Boolean(args?.after || args?.before);

// filtersOf returns the arguments that identify the list of a page.
function filtersOf(args: FieldArgs) {
  const { first, last, after, before, ...filters } = args ?? {};
  return stringifyVariables(filters);
}
