// The running server, whose address is the first argument of every program here.
const [base] = process.argv.slice(2);
if (!base) {
  console.error('usage: node <program>.mjs <base URL>');
  process.exit(2);
}

export const endpoint = (path) => new URL(path, base).href;

// sdl is the schema as the server tells it.
export async function sdl() {
  const answer = await fetch(endpoint('/schema.graphql'), { signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) throw new Error(`/schema.graphql is ${answer.status}`);
  return answer.text();
}

// ask posts a body, a text or bytes, and gives the server's verdict on it:
//
//	{ verdict: 'refused', why }              a request error: nothing was executed, there is no data
//	{ verdict: 'executed', data, errors }    errors are { path, code }
//	{ verdict: 'status 500: …' }             anything else, which is never right
export async function ask(body) {
  let answer, text;
  try {
    answer = await fetch(endpoint('/graphql'), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' },
      body,
      signal: AbortSignal.timeout(10_000),
    });
    text = await answer.text();
  } catch (error) {
    return { verdict: `no answer: ${error.cause ?? error}` };
  }
  const said = read(text);
  const errors = said?.errors ?? [];
  if ([400, 413].includes(answer.status) && errors.length > 0 && !('data' in said)) {
    return { verdict: 'refused', why: errors[0].message };
  }
  if (answer.status === 200 && said && 'data' in said) {
    return { verdict: 'executed', data: said.data, errors: errors.map((e) => ({ path: e.path ?? [], code: e.extensions?.code })) };
  }
  return { verdict: `status ${answer.status}: ${text.slice(0, 200)}` };
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
