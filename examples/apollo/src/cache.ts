import { InMemoryCache } from '@apollo/client';
import { connection } from './connectionPolicy';
import generated from './generated/possibleTypes';

// What is not named here needs nothing: `id` is unique among objects of all types, as Apollo's default key wants it.
export function createCache() {
  return new InMemoryCache({
    possibleTypes: generated.possibleTypes,
    typePolicies: {
      Query: {
        fields: {
          // Each filter makes a list of its own; the paging arguments do not.
          avatarGroups: connection(['ownership']),
          avatarLooks: connection(['groupId', 'avatarType', 'ownership']),
          voices: connection(['type', 'language', 'gender', 'engine']),
          avatarGroup: {
            // What a list brought is known by its global id, also where the answer was null: that may be for an error,
            // which Apollo does not keep. HeyGen's own id is taken too, and is no key: nothing is found by it.
            read(answered, { args, canRead, toReference }) {
              const known = toReference({ __typename: 'AvatarGroup', id: args?.id });
              return answered ?? (canRead(known) ? known : answered);
            },
          },
        },
      },
      AvatarGroup: { fields: { looks: connection(['avatarType']) } },
    },
  });
}
