import { ApolloClient, HttpLink } from '@apollo/client';
import type { GraphQLCodegenDataMasking } from '@apollo/client/masking';
import { createCache } from './cache';

declare module '@apollo/client' {
  export interface TypeOverrides extends GraphQLCodegenDataMasking.TypeOverrides {}
  namespace ApolloClient.DeclareDefaultOptions {
    interface WatchQuery {
      errorPolicy: 'all';
    }
  }
}

export function createClient(uri: string) {
  return new ApolloClient({
    link: new HttpLink({ uri }),
    cache: createCache(),
    // A component reads only the fields of its own fragment, and rerenders only when they change.
    dataMasking: true,
    // Each nullable field of this API can fail alone: 'all' returns its error together with the data of the others.
    // 'merge' applies the merge functions of cache.ts to a refetch, too: without it, a failed refetch clears the list.
    defaultOptions: { watchQuery: { errorPolicy: 'all', refetchWritePolicy: 'merge' } },
  });
}
