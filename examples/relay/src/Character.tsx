import { graphql, usePreloadedQuery, type PreloadedQuery } from 'react-relay';
import type { CharacterQuery } from './__generated__/CharacterQuery.graphql';
import { CharacterDetails } from './CharacterDetails';
import { ErrorBoundary } from './ErrorBoundary';
import { Refresh } from './Refresh';

// It is asked for in the click that chooses it, before there is anything to render.
export const characterQuery = graphql`
  query CharacterQuery($id: ID!) {
    avatarGroup(id: $id) {
      ...CharacterDetails_group
      ...Refresh_group
    }
  }
`;

export function Character({ chosen }: { chosen: PreloadedQuery<CharacterQuery> }) {
  const { avatarGroup } = usePreloadedQuery<CharacterQuery>(characterQuery, chosen);
  if (!avatarGroup) return <p>This character is no longer there.</p>;
  return (
    <>
      <CharacterDetails group={avatarGroup} />
      {/* A boundary of its own: when a refresh fails, what is known stays. */}
      <ErrorBoundary button="Dismiss">
        <Refresh group={avatarGroup} />
      </ErrorBoundary>
    </>
  );
}
