import { ApolloClient, ApolloLink, HttpLink, Observable } from '@apollo/client';
import type { GraphQLCodegenDataMasking } from '@apollo/client/masking';
import { OperationTypeNode, print } from 'graphql';
import { createClient as createStreamClient } from 'graphql-sse';
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
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      createStreamLink(uri),
      new HttpLink({ uri }),
    ),
    cache: createCache(),
    // A component reads only the fields of its own fragment, and rerenders only when they change.
    dataMasking: true,
    // Each nullable field of this API can fail alone: 'all' returns its error together with the data of the others.
    // 'merge' applies the merge functions of cache.ts to a refetch, too: without it, a failed refetch clears the list.
    defaultOptions: { watchQuery: { errorPolicy: 'all', refetchWritePolicy: 'merge' } },
  });
}

// createStreamLink returns a link for subscriptions. Their results are Server-Sent Events. graphql-sse connects again if
// the connection breaks off.
function createStreamLink(url: string) {
  const client = createStreamClient({ url });
  return new ApolloLink(
    ({ query, variables, operationName }) =>
      new Observable<ApolloLink.Result>((observer) =>
        client.subscribe<Record<string, unknown>>(
          { query: print(query), variables, operationName },
          {
            next: (result) => observer.next(result as ApolloLink.Result),
            error: (error) => observer.error(error),
            complete: () => observer.complete(),
          },
        ),
      ),
  );
}
