import { InMemoryCache } from '@apollo/client';
import { connectionPolicy } from './connectionPolicy';
import generated from './generated/possibleTypes';

// `id` is unique across all types, so no type needs `keyFields`.
export function createCache() {
  return new InMemoryCache({
    possibleTypes: generated.possibleTypes,
    typePolicies: {
      Query: {
        fields: {
          // Each combination of search, filters and order is a separate list. The pagination arguments are not part of
          // its key.
          avatarGroups: connectionPolicy(['ownership', 'search', 'filter', 'orderBy']),
          avatarLooks: connectionPolicy(['groupId', 'avatarType', 'ownership']),
          voices: connectionPolicy(['type', 'language', 'gender', 'engine', 'search', 'orderBy']),
          avatarGroup: {
            // A list may have cached the character already: read it by its global id. Do so too if this field is
            // null, which may be due to an error: Apollo caches the null, but not the error. HeyGen's own id is also
            // a valid argument, but no cache key, so it finds nothing here.
            read(existing, { args, canRead, toReference }) {
              const character = toReference({ __typename: 'AvatarGroup', id: args?.id });
              return existing ?? (canRead(character) ? character : existing);
            },
          },
        },
      },
      AvatarGroup: { fields: { looks: connectionPolicy(['avatarType', 'search', 'filter']) } },
    },
  });
}
