import { cacheExchange, type Resolver } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import schema from './generated/introspection';
import { updateList } from './updateList';

// What a list brought is known under its global id, while `avatarGroup` was not asked for, or failed. Its argument may be
// HeyGen's own id too, which is no key: then nothing is found here, and the server is asked.
const avatarGroup: Resolver = (_, args, cache) => {
  const answered = cache.resolve('Query', 'avatarGroup', args);
  const listed = `AvatarGroup:${args.id}`;
  return answered === undefined && cache.resolve(listed, 'id') ? listed : answered;
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
      Query: { avatarGroups: relayPagination(), avatarLooks: relayPagination(), voices: relayPagination(), avatarGroup },
      AvatarGroup: { looks: relayPagination() },
    },
    updates: {
      Query: { avatarGroups: updateList, avatarLooks: updateList, voices: updateList },
      AvatarGroup: { looks: updateList },
    },
  });
}
