import { InMemoryCache } from '@apollo/client';
import { connection } from './connection';
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
            // What a list brought is known under its global id. The argument may be HeyGen's own id too, which is no key:
            // then nothing can be read there, and the server is asked.
            read(existing, { args, canRead, toReference }) {
              const listed = toReference({ __typename: 'AvatarGroup', id: args?.id });
              return existing === undefined && canRead(listed) ? listed : existing;
            },
          },
        },
      },
      AvatarGroup: { fields: { looks: connection(['avatarType']) } },
    },
  });
}
