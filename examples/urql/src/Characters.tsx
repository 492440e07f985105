import { useState } from 'react';
import { type CombinedError, useClient, useQuery } from 'urql';
import { CharacterItem } from './CharacterItem';
import { ErrorMessage, hasCode } from './ErrorMessage';
import { graphql } from './generated';

export const CharactersQuery = graphql(`
  query Characters($first: Int!, $after: String) {
    avatarGroups(first: $first, after: $after) {
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
  // The query for the first page reads all cached pages as one list: see `relayPagination` in cache.ts. Further pages
  // are fetched separately, not by changing its variables, so that a failed page removes nothing from the screen.
  const [list, reexecuteQuery] = useQuery({ query: CharactersQuery, variables: { first: 50 } });
  const [nextPage, setNextPage] = useState<{ loading?: boolean; error?: CombinedError }>({});
  const client = useClient();
  const loading = list.fetching || list.stale || nextPage.loading;
  const { edges = [], pageInfo } = list.data?.avatarGroups ?? {};

  async function loadMore() {
    setNextPage({ loading: true });
    const variables = { first: 50, after: pageInfo?.endCursor };
    const { error } = await client.query(CharactersQuery, variables, { requestPolicy: 'network-only' }).toPromise();
    // If the position no longer exists, refetch the first page. It replaces all pages: see updateConnection.ts.
    const expired = hasCode(error, 'CURSOR_EXPIRED');
    reexecuteQuery({ requestPolicy: expired ? 'network-only' : 'cache-only' });
    setNextPage({ error: expired ? undefined : error });
  }

  return (
    <>
      <ErrorMessage error={nextPage.error ?? list.error} />
      <ul aria-label="Characters">
        {edges.map(({ node }) => (
          <CharacterItem key={node.id} group={node} onSelect={onSelect} />
        ))}
      </ul>
      <p role="status">
        {edges.length} characters{pageInfo?.hasNextPage === false && ', all of them'}
      </p>
      {pageInfo?.hasNextPage && (
        <button type="button" disabled={loading} onClick={loadMore}>
          More
        </button>
      )}
    </>
  );
}
