import { type FragmentType, graphql, unmask } from './generated';

const LooksFragment = graphql(`
  fragment Looks_group on AvatarGroup {
    id
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
`);

export function Looks({ group }: { group: FragmentType<typeof LooksFragment> }) {
  const { looks } = unmask(LooksFragment, group);
  return (
    <ul aria-label="Looks">
      {looks?.edges.slice(0, 3).map(({ node }) => (
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
  );
}
