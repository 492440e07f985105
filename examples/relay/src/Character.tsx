import { graphql, usePreloadedQuery, type PreloadedQuery } from 'react-relay';
import type { CharacterQuery } from './__generated__/CharacterQuery.graphql';
import { CharacterDetails } from './CharacterDetails';
import { ErrorBoundary } from './ErrorBoundary';
import { Refresh } from './Refresh';
import { Training } from './Training';

// App loads this query when the user clicks, before this component renders.
export const characterQuery = graphql`
  query CharacterQuery($id: ID!) {
    avatarGroup(id: $id) {
      ...CharacterDetails_group
      ...Refresh_group
      ...Training_group
    }
  }
`;

export function Character({ queryRef }: { queryRef: PreloadedQuery<CharacterQuery> }) {
  const { avatarGroup } = usePreloadedQuery<CharacterQuery>(characterQuery, queryRef);
  if (!avatarGroup) return <p>This character no longer exists.</p>;
  return (
    <>
      <CharacterDetails group={avatarGroup} />
      <Training group={avatarGroup} />
      {/* With a separate boundary, the details stay visible if a refresh fails. */}
      <ErrorBoundary buttonLabel="Dismiss">
        <Refresh group={avatarGroup} />
      </ErrorBoundary>
    </>
  );
}
