import { type FragmentType, graphql, unmask } from './generated';

const LooksFragment = graphql(`
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
`);

export function Looks({ group }: { group: FragmentType<typeof LooksFragment> }) {
  const { looks } = unmask(LooksFragment, group);
  return (
    <ul aria-label="Looks">
      {looks?.edges.slice(0, 3).map(({ node }) => (
        <li key={node.id}>
          {node.name}: {node.readiness.state}
        </li>
      ))}
    </ul>
  );
}
