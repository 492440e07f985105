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
    // A component sees the fields of its own fragment, and renders again when those change.
    dataMasking: true,
    // Every nullable field of this API fails alone: its error comes beside the data of the others.
    // And what is fetched again is merged as the cache's rules say, or a list that failed would leave none.
    defaultOptions: { watchQuery: { errorPolicy: 'all', refetchWritePolicy: 'merge' } },
  });
}
