import { type ErrorLike, gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { CHARACTER_ITEM_FRAGMENT, CharacterItem } from './CharacterItem';
import { describeList } from './describeList';
import { ErrorMessage, hasCode } from './ErrorMessage';
import type { CharactersQuery, CharactersQueryVariables } from './generated/types';
import { SearchBox } from './SearchBox';
import { useDebounced } from './useDebounced';

export const GET_CHARACTERS: TypedDocumentNode<CharactersQuery, CharactersQueryVariables> = gql`
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
  ${CHARACTER_ITEM_FRAGMENT}
`;

export function Characters({ onSelect }: { onSelect: (id: string) => void }) {
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), 200);
  // Apollo ignores the response of an earlier search.
  const { data, previousData, error, loading, fetchMore, refetch } = useQuery(GET_CHARACTERS, {
    variables: { first: 50, search: search || undefined, isSearch: search !== '' },
  });
  const [failedPage, setFailedPage] = useState<{ search: string; error: ErrorLike | undefined }>();
  const pageError = failedPage?.search === search ? failedPage.error : undefined;
  // While a search loads, the previous list stays on the screen.
  const { edges = [], pageInfo, totalCount } = (data ?? (loading ? previousData : undefined))?.avatarGroups ?? {};
  const pending = loading || search !== text.trim();

  async function loadMore() {
    const page = await fetchMore({ variables: { after: pageInfo?.endCursor }, errorPolicy: 'all' });
    const expired = hasCode(page.error, 'CURSOR_EXPIRED');
    setFailedPage({ search, error: expired ? undefined : page.error });
    // If the position no longer exists, refetch the first page: it replaces all pages.
    if (expired) await refetch();
  }

  return (
    <>
      <SearchBox value={text} onChange={setText} />
      <ErrorMessage error={pageError ?? error} />
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
