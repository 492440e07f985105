import { cacheExchange, type Resolver } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import schema from './generated/introspection';
import { updateConnection } from './updateConnection';

// A list may have cached the character already: resolve it by its global id if `avatarGroup` itself is not cached.
// HeyGen's own id is also a valid argument, but no cache key: it resolves to nothing, and the query goes to the server.
const avatarGroup: Resolver = (_, args, cache) => {
  const cached = cache.resolve('Query', 'avatarGroup', args);
  return cached === undefined ? `AvatarGroup:${args.id}` : cached;
};

// Graphcache stores an object by its type and `id`: select `id` on every object that has one.
export function createCache() {
  return cacheExchange({
    // With the schema, a nullable field that failed or is not cached yet is null, and the other fields are available.
    schema,
    // These types have no id and are embedded in their parent. Connections, edges and PageInfo are by default.
    keys: { LookReadiness: () => null, TrainingError: () => null },
    // Reads the pages of a list as one. The list is identified by all arguments except those for pagination.
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
      Query: { avatarGroups: updateConnection, avatarLooks: updateConnection, voices: updateConnection },
      AvatarGroup: { looks: updateConnection },
    },
  });
}
