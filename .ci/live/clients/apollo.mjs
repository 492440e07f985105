import { ApolloClient, ApolloLink, gql, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { print } from 'graphql';
import { createClient } from 'graphql-sse';
import { Observable } from 'rxjs';
import { url } from '../server.mjs';
import { createSocket } from './graphql-ws.mjs';

function create(link, dispose) {
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  return {
    subscribe(query, variables, sink) {
      const subscription = client.subscribe({ query: gql(query), variables }).subscribe({
        next: ({ data, error }) => (error ? sink.error(error) : sink.next({ data })),
        error: sink.error,
        complete: sink.complete,
      });
      return () => subscription.unsubscribe();
    },
    close() {
      client.stop();
      dispose();
    },
  };
}

export function createOverWebSocket() {
  const socket = createSocket();
  return create(new GraphQLWsLink(socket), () => socket.dispose());
}

export function createOverSSE() {
  const sse = createClient({ url, retryAttempts: 0 });
  const link = new ApolloLink(
    ({ query, variables, operationName }) =>
      new Observable((observer) => sse.subscribe({ query: print(query), variables, operationName }, observer)),
  );
  return create(link, () => sse.dispose());
}
