import { getOperationAST, parse } from 'graphql';
import { createClient } from 'graphql-sse';

// createFetcher returns a GraphiQL fetcher that sends operations to url by POST. It returns the response to a query, and
// an async iterable of the results of a subscription.
export function createFetcher(url) {
  return async (params, { headers = {} } = {}) => {
    if (isSubscription(params)) return subscribe(url, params, headers);
    const defaults = {
      'Content-Type': 'application/json',
      Accept: 'application/graphql-response+json, application/json;q=0.9',
    };
    const init = { method: 'POST', headers: merge(defaults, headers), body: JSON.stringify(params) };
    return parseResponse(await fetch(url, init));
  };
}

// isSubscription returns false for a document that cannot be parsed: the server reports where.
function isSubscription({ query, operationName }) {
  try {
    return getOperationAST(parse(query), operationName)?.operation === 'subscription';
  } catch {
    return false;
  }
}

// subscribe sends a subscription by graphql-sse. Its iterable ends when the server completes it, or when its return
// method is called, which closes the connection. It does not connect again: GraphiQL displays the error, and the user
// sees that the results are not current.
function subscribe(url, { query, variables, operationName }, headers) {
  const client = createClient({
    url,
    retryAttempts: 0,
    fetchFn: async (_, init) => {
      const response = await fetch(url, { ...init, headers: merge(init.headers, headers) });
      const isStream = /^text\/event-stream\b/i.test(response.headers.get('Content-Type') ?? '');
      return isStream ? response : asStream(await parseResponse(response));
    },
  });
  return client.iterate({ query, variables, operationName });
}

// asStream returns the response to an operation that was rejected as a stream of that one result. graphql-sse would
// otherwise report its status only, without its errors.
const asStream = (result) => new Response(`event: next\ndata: ${JSON.stringify(result)}\n\nevent: complete\ndata:\n\n`);

// merge returns the default headers, replaced by the user's, whose names may be spelled in another case.
function merge(defaults, headers) {
  const merged = new Headers(defaults);
  for (const [name, value] of Object.entries(headers)) merged.set(name, value);
  return merged;
}

async function parseResponse(response) {
  const body = await response.text();
  try {
    return JSON.parse(body);
  } catch {
    // For example a proxy's error page, whose status is more useful than "unexpected token <".
    throw new Error(`HTTP ${response.status} ${response.statusText}: ${body.slice(0, 500)}`);
  }
}
