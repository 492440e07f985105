// The running server, whose URL is the first argument of every program here.
const [base] = process.argv.slice(2);
if (!base) {
  console.error('usage: node <program>.mjs <base URL>');
  process.exit(2);
}

export const endpoint = (path) => new URL(path, base).href;

// sdl returns the schema that the server publishes.
export async function sdl() {
  const response = await fetch(endpoint('/schema.graphql'), { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`/schema.graphql: status ${response.status}`);
  return response.text();
}

// post sends a body, a string or bytes, and returns the server's verdict on it:
//
//	{ verdict: 'rejected', reason }          a request error: nothing was executed, there is no data
//	{ verdict: 'executed', data, errors }    errors are { path, code }
//	{ verdict: 'status 500: …' }             anything else, which is never correct
export async function post(body) {
  let response, text;
  try {
    response = await fetch(endpoint('/graphql'), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' },
      body,
      signal: AbortSignal.timeout(10_000),
    });
    text = await response.text();
  } catch (error) {
    return { verdict: `no response: ${error.cause ?? error}` };
  }
  const parsed = parseJSON(text);
  const errors = parsed?.errors ?? [];
  if ([400, 413].includes(response.status) && errors.length > 0 && !('data' in parsed)) {
    return { verdict: 'rejected', reason: errors[0].message };
  }
  if (response.status === 200 && parsed && 'data' in parsed) {
    return { verdict: 'executed', data: parsed.data, errors: errors.map((e) => ({ path: e.path ?? [], code: e.extensions?.code })) };
  }
  return { verdict: `status ${response.status}: ${text.slice(0, 200)}` };
}

function parseJSON(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
