import { gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import type { Details_GroupFragment } from './generated/types';

export const DETAILS_FRAGMENT: TypedDocumentNode<Details_GroupFragment> = gql`
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
          aspectRatio
          previewImageUrl
          readiness {
            state
          }
        }
      }
    }
  }
`;

// Details shows the cached fields of a character: its name immediately, because the list has loaded it, and the rest
// when the response arrives. A failed refetch removes nothing.
export function Details({ group }: { group: { __typename: 'AvatarGroup'; id: string } }) {
  const { data, complete } = useFragment({ fragment: DETAILS_FRAGMENT, from: group });
  return (
    <>
      <h2>{data.name}</h2>
      {complete && (
        <>
          <p>Status: {data.status ?? 'not available'}</p>
          <p>Voice: {data.defaultVoice?.name ?? 'none'}</p>
          <ul aria-label="Looks">
            {data.looks?.edges.slice(0, 3).map(({ node }) => (
              <li key={node.id}>
                {/* The ratio reserves the space of the image before it is loaded. */}
                {node.previewImageUrl && (
                  <img
                    src={node.previewImageUrl}
                    alt=""
                    loading="lazy"
                    style={{ aspectRatio: node.aspectRatio ?? 1, height: 64, width: 'auto' }}
                  />
                )}
                {node.name}: {node.readiness.state}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
