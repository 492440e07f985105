import { getOperationAST } from 'graphql';
import { createClient } from 'graphql-sse';

// createFetcher sends GraphiQL's operations to url: subscriptions as server-sent events, because an event stream takes
// the visitor's headers and a WebSocket does not, all others as a plain POST.
export function createFetcher(url) {
  return (params, { headers = {}, documentAST } = {}) => {
    const operation = documentAST && getOperationAST(documentAST, params.operationName);
    return operation?.operation === 'subscription' ? subscribe(url, params, headers) : post(url, params, headers);
  };
}

async function post(url, params, headers) {
  const all = new Headers({
    'Content-Type': 'application/json',
    Accept: 'application/graphql-response+json, application/json;q=0.9',
  });
  for (const [name, value] of Object.entries(headers)) all.set(name, value);

  const response = await fetch(url, { method: 'POST', headers: all, body: JSON.stringify(params) });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's error page, say. Its status tells more than "unexpected token <".
    throw new Error(`HTTP ${response.status} ${response.statusText}: ${text.slice(0, 500)}`);
  }
}

// A stream that broke is shown as broken: the visitor runs it again, with headers that may have changed.
function subscribe(url, params, headers) {
  return createClient({ url, headers, retryAttempts: 0 }).iterate(params);
}
