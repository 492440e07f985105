import { useQuery } from 'urql';
import { graphql } from './generated';
import { Looks } from './Looks';
import { Problem } from './ErrorMessage';

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

export function Character({ id }: { id: string }) {
  // The list knows the name already. It is shown with what else is null as yet, and `stale` says that more is coming.
  const [{ data, error, fetching, stale }, read] = useQuery({ query: CharacterQuery, variables: { id } });
  const loading = fetching || stale;
  const group = data?.avatarGroup;

  return (
    <section aria-label="Character" aria-busy={loading}>
      {group && (
        <>
          <h2>{group.name}</h2>
          <p>Status: {group.status ?? (loading ? '…' : 'not told')}</p>
          <p>Voice: {group.defaultVoice?.name ?? (loading ? '…' : 'none')}</p>
          <Looks group={group} />
        </>
      )}
      {!group && !error && !loading && <p>HeyGen no longer knows this character.</p>}
      <Problem error={error} />
      <button type="button" disabled={loading} onClick={() => read({ requestPolicy: 'network-only' })}>
        Refresh
      </button>
    </section>
  );
}
