import { useMemo } from 'react';
import { graphql, useFragment, useSubscription } from 'react-relay';
import type { Training_group$key } from './__generated__/Training_group.graphql';
import type { TrainingSubscription } from './__generated__/TrainingSubscription.graphql';

// Training renders nothing. While the character is in training, it subscribes to its changes, which Relay stores by `id`,
// so that every component that shows the character is updated.
export function Training({ group }: { group: Training_group$key }) {
  const { id, status } = useFragment(
    graphql`
      fragment Training_group on AvatarGroup {
        id
        status
      }
    `,
    group,
  );
  return status === 'PROCESSING' || status === 'PENDING_CONSENT' ? <Changes id={id} /> : null;
}

const subscription = graphql`
  subscription TrainingSubscription($id: ID!) {
    avatarGroupChanged(id: $id) {
      status
      looksCount
      previewImageUrl
    }
  }
`;

function Changes({ id }: { id: string }) {
  // A new object would subscribe again.
  const config = useMemo(() => ({ subscription, variables: { id }, onError: console.error }), [id]);
  useSubscription<TrainingSubscription>(config);
  return null;
}
