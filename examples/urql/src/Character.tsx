import { useQuery, useSubscription } from 'urql';
import { ErrorMessage } from './ErrorMessage';
import { graphql } from './generated';
import { Looks } from './Looks';

const CharacterQuery = graphql(`
  query Character($id: ID!) {
    avatarGroup(id: $id) {
      id
      name
      status
      defaultVoice {
        id
        name
      }
      ...Looks_group
    }
  }
`);

const TrainingSubscription = graphql(`
  subscription Training($id: ID!) {
    avatarGroupChanged(id: $id) {
      id
      status
      looksCount
      previewImageUrl
    }
  }
`);

export function Character({ id }: { id: string }) {
  // The list has cached the name. The other fields are null, and `stale` is true, until the response arrives.
  const [{ data, error, fetching, stale }, reexecuteQuery] = useQuery({ query: CharacterQuery, variables: { id } });
  const loading = fetching || stale;
  const group = data?.avatarGroup;

  // Graphcache stores each change, and so updates every component that shows the character.
  const isTraining = group?.status === 'PROCESSING' || group?.status === 'PENDING_CONSENT';
  useSubscription({ query: TrainingSubscription, variables: { id }, pause: !isTraining });

  return (
    <section aria-label="Character" aria-busy={loading}>
      {group && (
        <>
          <h2>{group.name}</h2>
          <p>Status: {group.status ?? (loading ? '…' : 'not available')}</p>
          <p>Voice: {group.defaultVoice?.name ?? (loading ? '…' : 'none')}</p>
          <Looks group={group} />
        </>
      )}
      {!group && !error && !loading && <p>This character no longer exists.</p>}
      <ErrorMessage error={error} />
      <button type="button" disabled={loading} onClick={() => reexecuteQuery({ requestPolicy: 'network-only' })}>
        Refresh
      </button>
    </section>
  );
}
