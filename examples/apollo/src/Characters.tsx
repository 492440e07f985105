import { type ErrorLike, gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { CHARACTER_ITEM_FRAGMENT, CharacterItem } from './CharacterItem';
import { ErrorMessage, hasCode } from './ErrorMessage';
import type { CharactersQuery, CharactersQueryVariables } from './generated/types';

export const GET_CHARACTERS: TypedDocumentNode<CharactersQuery, CharactersQueryVariables> = gql`
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
  ${CHARACTER_ITEM_FRAGMENT}
`;

export function Characters({ onSelect }: { onSelect: (id: string) => void }) {
  const { data, error, loading, fetchMore, refetch } = useQuery(GET_CHARACTERS, { variables: { first: 50 } });
  const [pageError, setPageError] = useState<ErrorLike>();
  const { edges = [], pageInfo } = data?.avatarGroups ?? {};

  async function loadMore() {
    const page = await fetchMore({ variables: { after: pageInfo?.endCursor }, errorPolicy: 'all' });
    if (!hasCode(page.error, 'CURSOR_EXPIRED')) return setPageError(page.error);
    // The position no longer exists. Refetch the first page: it replaces all pages.
    setPageError(undefined);
    await refetch();
  }

  return (
    <>
      <ErrorMessage error={pageError ?? error} />
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
