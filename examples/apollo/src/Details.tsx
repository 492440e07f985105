import { gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import type { Details_GroupFragment } from './generated/types';

export const DETAILS: TypedDocumentNode<Details_GroupFragment> = gql`
  fragment Details_group on AvatarGroup {
    id
    name
    status
    defaultVoice {
      id
      name
    }
    looks(first: 3) {
      edges {
        node {
          id
          name
          readiness {
            state
          }
        }
      }
    }
  }
`;

// Details shows what the cache has of a character: its name at once, as the list brought it, and the rest when it has
// come. A refresh that fails takes nothing away.
export function Details({ group }: { group: { __typename: 'AvatarGroup'; id: string } }) {
  const { data, complete } = useFragment({ fragment: DETAILS, from: group });
  return (
    <>
      <h2>{data.name}</h2>
      {complete && (
        <>
          <p>Status: {data.status ?? 'not told'}</p>
          <p>Voice: {data.defaultVoice?.name ?? 'none'}</p>
          <ul aria-label="Looks">
            {data.looks?.edges.slice(0, 3).map(({ node }) => (
              <li key={node.id}>
                {node.name}: {node.readiness.state}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
