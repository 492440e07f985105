import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import type { Looks_GroupFragment } from './generated/types';

export const LOOKS: TypedDocumentNode<Looks_GroupFragment> = gql`
  fragment Looks_group on AvatarGroup {
    id
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

export function Looks({ group }: { group: FragmentType<Looks_GroupFragment> }) {
  const { data, complete } = useFragment({ fragment: LOOKS, from: group });
  if (!complete) return null;
  return (
    <ul aria-label="Looks">
      {data.looks?.edges.slice(0, 3).map(({ node }) => (
        <li key={node.id}>
          {node.name}: {node.readiness.state}
        </li>
      ))}
    </ul>
  );
}
