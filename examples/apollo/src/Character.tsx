import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Details, DETAILS_FRAGMENT } from './Details';
import { ErrorMessage } from './ErrorMessage';
import { Training } from './Training';
import type { CharacterQuery, CharacterQueryVariables } from './generated/types';

export const GET_CHARACTER: TypedDocumentNode<CharacterQuery, CharacterQueryVariables> = gql`
  query Character($id: ID!) {
    avatarGroup(id: $id) {
      id
      ...Details_group
    }
  }
  ${DETAILS_FRAGMENT}
`;

export function Character({ id }: { id: string }) {
  const { error, loading, refetch } = useQuery(GET_CHARACTER, { variables: { id } });

  return (
    <section aria-label="Character" aria-busy={loading}>
      <Details group={{ __typename: 'AvatarGroup', id }} />
      <Training group={{ __typename: 'AvatarGroup', id }} />
      <ErrorMessage error={error} />
      <button type="button" disabled={loading} onClick={() => refetch()}>
        Refresh
      </button>
    </section>
  );
}
