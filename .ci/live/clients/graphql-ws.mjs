import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { socketURL } from '../server.mjs';

// createSocket returns a client of graphql-ws. It must not retry: a retry would hide a socket that is closed early.
export const createSocket = () => createClient({ url: socketURL, webSocketImpl: WebSocket, retryAttempts: 0 });

export function create() {
  const client = createSocket();
  return {
    subscribe: (query, variables, sink) => client.subscribe({ query, variables }, sink),
    close: () => client.dispose(),
  };
}
