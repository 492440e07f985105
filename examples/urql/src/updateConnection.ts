import type { FieldArgs, UpdateResolver } from '@urql/exchange-graphcache';
import { stringifyVariables } from 'urql';

// updateList is told of each page that arrives.
export const updateList: UpdateResolver = (parent, args, cache, { parentKey, fieldName, parentFieldKey, error }) => {
  // A page that failed takes the place of the one before it, which is better than none and still there.
  const before = `${parentKey}.${parentFieldKey}`;
  if (error && cache.resolve(before, '__typename')) cache.link(parentKey, fieldName, args, before);
  if (!parent[fieldName] || follows(args)) return;
  // The first page is the list begun anew. Those that followed the old one go, as their cursors may have expired;
  // relayPagination would show them for ever. A first page of another length stays, as it is whole by itself.
  for (const page of cache.inspectFields(parentKey)) {
    if (page.fieldName === fieldName && follows(page.arguments) && list(page.arguments) === list(args)) {
      cache.invalidate(parentKey, fieldName, page.arguments);
    }
  }
};

const follows = (args: FieldArgs) => Boolean(args?.after || args?.before);

// list names the list that a page belongs to.
function list(args: FieldArgs) {
  const { first, last, after, before, ...filters } = args ?? {};
  return stringifyVariables(filters);
}
