import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Details, DETAILS } from './Details';
import type { CharacterQuery, CharacterQueryVariables } from './generated/types';
import { Problem } from './ErrorMessage';

export const CHARACTER: TypedDocumentNode<CharacterQuery, CharacterQueryVariables> = gql`
  query Character($id: ID!) {
    avatarGroup(id: $id) {
      id
      ...Details_group
    }
  }
  ${DETAILS}
`;

export function Character({ id }: { id: string }) {
  const { error, loading, refetch } = useQuery(CHARACTER, { variables: { id } });

  return (
    <section aria-label="Character" aria-busy={loading}>
      <Details group={{ __typename: 'AvatarGroup', id }} />
      <Problem error={error} />
      <button type="button" disabled={loading} onClick={() => refetch()}>
        Refresh
      </button>
    </section>
  );
}
