import { useTransition } from 'react';
import { graphql, useRefetchableFragment } from 'react-relay';
import type { Refresh_group$key } from './__generated__/Refresh_group.graphql';
import type { RefreshQuery } from './__generated__/RefreshQuery.graphql';

// The compiler generates RefreshQuery from this fragment: `node(id: …)` with the id of the group in the store.
export function Refresh({ group }: { group: Refresh_group$key }) {
  const [, refetch] = useRefetchableFragment<RefreshQuery, Refresh_group$key>(
    graphql`
      fragment Refresh_group on AvatarGroup @refetchable(queryName: "RefreshQuery") {
        ...CharacterItem_group
        ...CharacterDetails_group
      }
    `,
    group,
  );
  const [isRefreshing, startTransition] = useTransition();

  // The transition keeps the current data on screen until the response arrives.
  function refresh() {
    startTransition(() => {
      refetch({}, { fetchPolicy: 'network-only' });
    });
  }

  return (
    <button onClick={refresh} disabled={isRefreshing}>
      Refresh
    </button>
  );
}
