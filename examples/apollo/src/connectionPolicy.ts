import type { FieldPolicy } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

const relay = relayStylePagination();
const mergePages = relay.merge as Exclude<typeof relay.merge, boolean | undefined>;

// connection keeps the pages of a list as one, as relayStylePagination does, but for two cases. A page that failed is
// null: it takes nothing away, and where there is nothing yet it is no empty list that claims to go on. And a page that
// arrives after its list was begun anew follows on nothing: put at the end, it would hide what lies in between.
export function connection(keyArgs: string[]): FieldPolicy {
  return {
    ...relay,
    keyArgs,
    merge(existing, incoming, options) {
      if (!incoming) return existing ?? null;
      const after = options.args?.after;
      const stray = existing && after && !existing.edges.some((edge: { cursor?: string }) => edge.cursor === after);
      return stray ? existing : mergePages(existing, incoming, options);
    },
  };
}
