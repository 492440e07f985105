import { useState, useTransition } from 'react';
import { graphql, usePaginationFragment } from 'react-relay';
import type { Characters_query$key } from './__generated__/Characters_query.graphql';
import type { CharactersPageQuery } from './__generated__/CharactersPageQuery.graphql';
import { CharacterItem } from './CharacterItem';
import { RequestError } from './network';

const PAGE_SIZE = 50;

type Props = { query: Characters_query$key; onSelect: (id: string) => void };

// Characters shows the pages loaded so far. The compiler adds `cursor` and `pageInfo` to the connection.
export function Characters({ query, onSelect }: Props) {
  const { data, hasNext, isLoadingNext, loadNext, refetch } = usePaginationFragment<
    CharactersPageQuery,
    Characters_query$key
  >(
    graphql`
      fragment Characters_query on Query
      @argumentDefinitions(first: { type: "Int", defaultValue: 50 }, after: { type: "String" })
      @refetchable(queryName: "CharactersPageQuery") {
        avatarGroups(first: $first, after: $after) @connection(key: "Characters_avatarGroups") {
          edges {
            node {
              id
              ...CharacterItem_group
            }
          }
        }
      }
    `,
    query,
  );
  const [loadError, setLoadError] = useState<Error | null>(null);
  const [isRestarting, startTransition] = useTransition();
  const edges = data.avatarGroups?.edges ?? [];

  function loadMore() {
    setLoadError(null);
    loadNext(PAGE_SIZE, {
      onComplete(error) {
        if (error instanceof RequestError && error.code === 'CURSOR_EXPIRED') restart();
        else setLoadError(error);
      },
    });
  }

  // The cursor's position no longer exists: load the first page again. The transition keeps the current list on screen
  // until the response arrives.
  function restart() {
    startTransition(() => {
      refetch({}, { fetchPolicy: 'network-only' });
    });
  }

  return (
    <>
      <ul aria-label="Characters">
        {edges.map(({ node }) => (
          <CharacterItem key={node.id} group={node} onSelect={() => onSelect(node.id)} />
        ))}
      </ul>
      {loadError && <p role="alert">{loadError.message}</p>}
      <p role="status">{`${edges.length} characters${hasNext ? '' : ', all of them'}`}</p>
      {hasNext && (
        <button onClick={loadMore} disabled={isLoadingNext || isRestarting}>
          More
        </button>
      )}
    </>
  );
}
