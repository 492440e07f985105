import { useState } from 'react';
import { type CombinedError, useClient, useQuery } from 'urql';
import { CharacterItem } from './CharacterItem';
import { describeList } from './describeList';
import { ErrorMessage, hasCode } from './ErrorMessage';
import { graphql } from './generated';
import { SearchBox } from './SearchBox';
import { useDebounced } from './useDebounced';

export const CharactersQuery = graphql(`
  query Characters($first: Int!, $after: String, $search: String, $isSearch: Boolean = false) {
    avatarGroups(first: $first, after: $after, search: $search) {
      # Only a search counts: like the search, the count needs the whole list, which a first page should not wait for.
      totalCount @include(if: $isSearch)
      edges {
        node {
          id
          ...CharacterItem_group
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export function Characters({ onSelect }: { onSelect: (id: string) => void }) {
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), 200);
  const variables = { first: 50, search: search || undefined, isSearch: search !== '' };
  // While another search loads, urql returns the previous list. It drops the response of an earlier search.
  // The query for the first page reads all cached pages as one list: see `relayPagination` in cache.ts. Further pages
  // are fetched separately, not by changing its variables, so that a failed page removes nothing from the screen.
  const [list, reexecuteQuery] = useQuery({ query: CharactersQuery, variables });
  const [nextPage, setNextPage] = useState<{ search?: string; loading?: boolean; error?: CombinedError }>({});
  const client = useClient();
  const { loading, error: pageError } = nextPage.search === search ? nextPage : {};
  const pending = list.fetching || list.stale || loading || search !== text.trim();
  const { edges = [], pageInfo, totalCount } = list.data?.avatarGroups ?? {};

  async function loadMore() {
    setNextPage({ search, loading: true });
    const pageVariables = { ...variables, after: pageInfo?.endCursor };
    const { error } = await client.query(CharactersQuery, pageVariables, { requestPolicy: 'network-only' }).toPromise();
    // If the position no longer exists, refetch the first page. It replaces all pages: see updateConnection.ts.
    const expired = hasCode(error, 'CURSOR_EXPIRED');
    reexecuteQuery({ requestPolicy: expired ? 'network-only' : 'cache-only' });
    setNextPage((page) => (page.search === search ? { search, error: expired ? undefined : error } : page));
  }

  return (
    <>
      <SearchBox value={text} onChange={setText} />
      <ErrorMessage error={pageError ?? list.error} />
      <ul aria-label="Characters" aria-busy={pending}>
        {edges.map(({ node }) => (
          <CharacterItem key={node.id} group={node} onSelect={onSelect} />
        ))}
      </ul>
      <p role="status">{describeList({ count: edges.length, hasNextPage: pageInfo?.hasNextPage, totalCount })}</p>
      {pageInfo?.hasNextPage && (
        <button type="button" disabled={pending} onClick={loadMore}>
          More
        </button>
      )}
    </>
  );
}
