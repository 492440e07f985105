import { cacheExchange, type Resolver } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import schema from './generated/introspection';
import { updateList } from './updateConnection';

// What a list brought is known by its global id, where `avatarGroup` was not asked for, or failed. HeyGen's own id is
// taken too, and is no key: nothing is found by it, and the server is asked.
const avatarGroup: Resolver = (_, args, cache) => {
  const answered = cache.resolve('Query', 'avatarGroup', args);
  return answered === undefined ? `AvatarGroup:${args.id}` : answered;
};

// What has an `id` is kept by it and its type. It must be selected wherever such an object is.
export function createCache() {
  return cacheExchange({
    // With the schema, a nullable field that failed or is not known yet is null, and takes nothing else along.
    schema,
    // These have no id, and live in the object that holds them. Connections, edges and PageInfo are known to.
    keys: { LookReadiness: () => null, TrainingError: () => null },
    // The pages of a list are read as one, by all arguments but those for paging.
    resolvers: {
      Query: {
        avatarGroup,
        avatarGroups: relayPagination(),
        avatarLooks: relayPagination(),
        voices: relayPagination(),
      },
      AvatarGroup: { looks: relayPagination() },
    },
    updates: {
      Query: { avatarGroups: updateList, avatarLooks: updateList, voices: updateList },
      AvatarGroup: { looks: updateList },
    },
  });
}
