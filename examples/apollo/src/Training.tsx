import { gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment, useSubscription } from '@apollo/client/react';
import type { Training_GroupFragment, TrainingSubscription, TrainingSubscriptionVariables } from './generated/types';

const TRAINING_FRAGMENT: TypedDocumentNode<Training_GroupFragment> = gql`
  fragment Training_group on AvatarGroup {
    id
    status
  }
`;

const TRAINING: TypedDocumentNode<TrainingSubscription, TrainingSubscriptionVariables> = gql`
  subscription Training($id: ID!) {
    avatarGroupChanged(id: $id) {
      id
      status
      looksCount
      previewImageUrl
    }
  }
`;

// Training renders nothing. While the character is in training, it subscribes to its changes, which the cache stores by
// `id`, so that every component that shows the character is updated.
export function Training({ group }: { group: { __typename: 'AvatarGroup'; id: string } }) {
  const { data } = useFragment({ fragment: TRAINING_FRAGMENT, from: group });
  const isTraining = data.status === 'PROCESSING' || data.status === 'PENDING_CONSENT';
  useSubscription(TRAINING, { variables: { id: group.id }, skip: !isTraining });
  return null;
}
