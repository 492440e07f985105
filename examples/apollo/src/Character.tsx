import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import type { CharacterQuery, CharacterQueryVariables } from './generated/types';
import { Looks, LOOKS } from './Looks';
import { Problem } from './Problem';

export const CHARACTER: TypedDocumentNode<CharacterQuery, CharacterQueryVariables> = gql`
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
  ${LOOKS}
`;

export function Character({ id }: { id: string }) {
  // The list knows the name already: it is shown while the rest is on its way.
  const options = { variables: { id }, returnPartialData: true };
  const { data, dataState, error, loading, refetch } = useQuery(CHARACTER, options);

  return (
    <section aria-label="Character" aria-busy={loading}>
      {data?.avatarGroup && <h2>{data.avatarGroup.name}</h2>}
      {dataState === 'complete' && <Details group={data.avatarGroup} />}
      <Problem error={error} />
      <button type="button" disabled={loading} onClick={() => refetch()}>
        Refresh
      </button>
    </section>
  );
}

function Details({ group }: { group: CharacterQuery['avatarGroup'] }) {
  if (!group) return null;
  return (
    <>
      <p>Status: {group.status ?? 'not told'}</p>
      <p>Voice: {group.defaultVoice?.name ?? 'none'}</p>
      <Looks group={group} />
    </>
  );
}
