import { useEffect, useState, useTransition } from 'react';
import { fetchQuery, graphql, usePaginationFragment, useRelayEnvironment } from 'react-relay';
import type { Characters_query$key } from './__generated__/Characters_query.graphql';
import charactersPageQuery, { type CharactersPageQuery } from './__generated__/CharactersPageQuery.graphql';
import { CharacterItem } from './CharacterItem';
import { describeList } from './describeList';
import { RequestError } from './network';
import { SearchBox } from './SearchBox';
import { useDebounced } from './useDebounced';

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
      @argumentDefinitions(
        first: { type: "Int", defaultValue: 50 }
        after: { type: "String" }
        search: { type: "String" }
        isSearch: { type: "Boolean", defaultValue: false }
      )
      @refetchable(queryName: "CharactersPageQuery") {
        # Each search is a list of its own: see filters.
        avatarGroups(first: $first, after: $after, search: $search)
          @connection(key: "Characters_avatarGroups", filters: ["search"]) {
          # Only a search counts: like the search, the count needs the whole list, which a first page should not wait for.
          totalCount @include(if: $isSearch)
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
  const environment = useRelayEnvironment();
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), 200);
  const [shownSearch, setShownSearch] = useState('');
  const [loadError, setLoadError] = useState<Error | null>(null);
  const [isRestarting, startTransition] = useTransition();
  const { edges = [], totalCount } = data.avatarGroups ?? {};
  const isPending = isRestarting || text.trim() !== shownSearch;

  // refetch alone throws the error of a failed search to the error boundary, which removes the search box. fetchQuery
  // passes it to a callback, and the list stays until refetch reads the new one from the store. The cleanup cancels an
  // outdated search.
  useEffect(() => {
    setLoadError(null);
    if (search === shownSearch) return;
    const variables = { search: search || null, isSearch: search !== '' };
    const request = fetchQuery<CharactersPageQuery>(environment, charactersPageQuery, variables, {
      fetchPolicy: 'store-or-network',
    });
    const subscription = request.subscribe({
      complete() {
        refetch(variables, { fetchPolicy: 'store-only' });
        setShownSearch(search);
      },
      error: setLoadError,
    });
    return () => subscription.unsubscribe();
  }, [search]);

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
      <SearchBox value={text} onChange={setText} />
      <ul aria-label="Characters" aria-busy={isPending && !loadError}>
        {edges.map(({ node }) => (
          <CharacterItem key={node.id} group={node} onSelect={() => onSelect(node.id)} />
        ))}
      </ul>
      {loadError && <p role="alert">{loadError.message}</p>}
      <p role="status">{describeList({ count: edges.length, hasNextPage: hasNext, totalCount })}</p>
      {hasNext && (
        <button onClick={loadMore} disabled={isLoadingNext || isPending}>
          More
        </button>
      )}
    </>
  );
}
