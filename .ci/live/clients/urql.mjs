import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { onEnd, pipe, subscribe } from 'wonka';
import { url } from '../server.mjs';
import { createSocket } from './graphql-ws.mjs';

function create(options, close) {
  const client = new Client({ url, preferGetMethod: false, ...options });
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
    close,
  };
}

export function createOverWebSocket() {
  const socket = createSocket();
  const exchange = subscriptionExchange({
    forwardSubscription: ({ query, variables }) => ({
      subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query, variables }, sink) }),
    }),
  });
  return create({ exchanges: [exchange] }, () => socket.dispose());
}

// createOverSSE returns a client that needs no other library: its fetchExchange reads event streams.
export function createOverSSE() {
  return create({ exchanges: [fetchExchange], fetchSubscriptions: true }, () => {});
}
