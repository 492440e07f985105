import { type ErrorLike, gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { CHARACTER_ITEM, CharacterItem } from './CharacterItem';
import type { CharactersQuery, CharactersQueryVariables } from './generated/types';
import { hasCode, Problem } from './ErrorMessage';

export const CHARACTERS: TypedDocumentNode<CharactersQuery, CharactersQueryVariables> = gql`
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
  ${CHARACTER_ITEM}
`;

export function Characters({ onChoose }: { onChoose: (id: string) => void }) {
  const { data, error, loading, fetchMore, refetch } = useQuery(CHARACTERS, { variables: { first: 50 } });
  const [pageError, setPageError] = useState<ErrorLike>();
  const { edges = [], pageInfo } = data?.avatarGroups ?? {};

  async function more() {
    const page = await fetchMore({ variables: { after: pageInfo?.endCursor }, errorPolicy: 'all' });
    if (!hasCode(page.error, 'CURSOR_EXPIRED')) return setPageError(page.error);
    // The place is lost: the first page, without a cursor, replaces all that was read.
    setPageError(undefined);
    await refetch();
  }

  return (
    <>
      <Problem error={pageError ?? error} />
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
