import type { FieldPolicy } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

const relayPolicy = relayStylePagination();
const mergePages = relayPolicy.merge as Exclude<typeof relayPolicy.merge, boolean | undefined>;

// connectionPolicy merges the pages of a list as relayStylePagination does, with two exceptions:
// - A page that failed is null. It leaves the cached list unchanged. If there is none, the field is null, not an empty
//   list that seems to have a next page.
// - A page may arrive after its list was refetched from the start. The edge before it is no longer cached, so the page
//   is dropped: at the end of the list it would hide the edges in between.
export function connectionPolicy(keyArgs: string[]): FieldPolicy {
  return {
    ...relayPolicy,
    keyArgs,
    merge(existing, incoming, options) {
      if (!incoming) return existing ?? null;
      const after = options.args?.after;
      const hasGap = existing && after && !existing.edges.some((edge: { cursor?: string }) => edge.cursor === after);
      return hasGap ? existing : mergePages(existing, incoming, options);
    },
  };
}
