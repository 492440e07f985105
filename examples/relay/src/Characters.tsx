import { useState, useTransition } from 'react';
import { graphql, usePaginationFragment } from 'react-relay';
import type { Characters_query$key } from './__generated__/Characters_query.graphql';
import type { CharactersPageQuery } from './__generated__/CharactersPageQuery.graphql';
import { CharacterItem } from './CharacterItem';
import { RequestError } from './network';

const PAGE = 50;

type Props = { query: Characters_query$key; onChoose: (id: string) => void };

// Characters is the list as far as it was read. Relay adds `cursor` and `pageInfo` to what it asks for.
export function Characters({ query, onChoose }: Props) {
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
  const [failure, setFailure] = useState<Error | null>(null);
  const [isRestarting, startTransition] = useTransition();
  const edges = data.avatarGroups?.edges ?? [];

  function more() {
    setFailure(null);
    loadNext(PAGE, {
      onComplete(error) {
        if (error instanceof RequestError && error.code === 'CURSOR_EXPIRED') restart();
        else setFailure(error);
      },
    });
  }

  // The place where the list went on is gone: begin anew, with what was read on screen until the answer is here.
  function restart() {
    startTransition(() => {
      refetch({}, { fetchPolicy: 'network-only' });
    });
  }

  return (
    <>
      <ul aria-label="Characters">
        {edges.map(({ node }) => (
          <CharacterItem key={node.id} group={node} onChoose={() => onChoose(node.id)} />
        ))}
      </ul>
      {failure && <p role="alert">{failure.message}</p>}
      <p role="status">{`${edges.length} characters${hasNext ? '' : ', all of them'}`}</p>
      {hasNext && (
        <button onClick={more} disabled={isLoadingNext || isRestarting}>
          More
        </button>
      )}
    </>
  );
}
