import { createClient } from 'graphql-sse';
import { url } from '../server.mjs';

// Distinct connections, one for each operation, are the default of graphql-sse. It must not retry: a retry would hide
// a stream that ends without `complete`.
export function create() {
  const client = createClient({ url, retryAttempts: 0 });
  return {
    subscribe: (query, variables, sink) => client.subscribe({ query, variables }, sink),
    close: () => client.dispose(),
  };
}
