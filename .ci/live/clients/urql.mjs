import { Client, subscriptionExchange } from '@urql/core';
import { onEnd, pipe, subscribe } from 'wonka';
import { url } from '../server.mjs';
import { createSocket } from './graphql-ws.mjs';

export function create() {
  const socket = createSocket();
  const exchange = subscriptionExchange({
    forwardSubscription: ({ query, variables }) => ({
      subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query, variables }, sink) }),
    }),
  });
  const client = new Client({ url, exchanges: [exchange] });
  return {
    subscribe(query, variables, sink) {
      const { unsubscribe } = pipe(
        client.subscription(query, variables),
        onEnd(sink.complete),
        subscribe(({ data, error, hasNext }) => {
          if (error) return sink.error(error);
          // When a stream completes, urql repeats its last result without a next one.
          if (hasNext) sink.next({ data });
        }),
      );
      return unsubscribe;
    },
    close: () => socket.dispose(),
  };
}
