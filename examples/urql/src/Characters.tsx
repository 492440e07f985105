import { useState } from 'react';
import { type CombinedError, useClient, useQuery } from 'urql';
import { CharacterItem } from './CharacterItem';
import { graphql } from './generated';
import { hasCode, Problem } from './ErrorMessage';

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

export function Characters({ onChoose }: { onChoose: (id: string) => void }) {
  // The query of the first page reads all that are known as one: see `relayPagination` in cache.ts. Further pages are
  // fetched beside it, and not by its variables, so that one that fails takes nothing off the screen.
  const [list, read] = useQuery({ query: CharactersQuery, variables: { first: 50 } });
  const [page, setPage] = useState<{ loading?: boolean; error?: CombinedError }>({});
  const client = useClient();
  const loading = list.fetching || list.stale || page.loading;
  const { edges = [], pageInfo } = list.data?.avatarGroups ?? {};

  async function more() {
    setPage({ loading: true });
    const variables = { first: 50, after: pageInfo?.endCursor };
    const { error } = await client.query(CharactersQuery, variables, { requestPolicy: 'network-only' }).toPromise();
    // Where the place is lost the first page is fetched again, and those behind it are forgotten: see updateConnection.ts.
    const expired = hasCode(error, 'CURSOR_EXPIRED');
    read({ requestPolicy: expired ? 'network-only' : 'cache-only' });
    setPage({ error: expired ? undefined : error });
  }

  return (
    <>
      <Problem error={page.error ?? list.error} />
      <ul aria-label="Characters">
        {edges.map(({ node }) => (
          <CharacterItem key={node.id} group={node} onChoose={onChoose} />
        ))}
      </ul>
      <p role="status">
        {edges.length} characters{pageInfo?.hasNextPage === false && ', all of them'}
      </p>
      {pageInfo?.hasNextPage && (
        <button type="button" disabled={loading} onClick={more}>
          More
        </button>
      )}
    </>
  );
}
