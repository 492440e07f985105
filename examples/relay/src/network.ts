import type { FetchFunction, GraphQLResponse, PayloadError } from 'relay-runtime';

type Extensions = { code?: string; message?: string };
type Answer = { data?: Record<string, unknown> | null; errors?: (PayloadError & { extensions?: Extensions })[] };

// FieldError is what @catch gives of an error. Relay leaves out its message, as not every server's are fit for
// people's eyes. This one's are, hence extensions.message, which request adds.
export type FieldError = { path?: readonly unknown[]; extensions?: Extensions };

// RequestError is the error of an operation that gave nothing at all.
export class RequestError extends Error {
  code?: string;

  constructor(message: string, code?: string) {
    super(message);
    this.name = 'RequestError';
    this.code = code;
  }
}

// request makes the function through which Relay sends its operations to the endpoint at url.
export function request(url: string): FetchFunction {
  return async ({ text }, variables) => {
    const { data, errors } = await post(url, { query: text, variables });
    // A field that fails leaves the rest of the answer. But a list that is null would cost the pages before it their
    // place in Relay's store, so an answer of which nothing is left is thrown, to where its operation was asked for.
    if (!data || (errors && Object.values(data).every((value) => value === null))) {
      throw new RequestError(errors?.[0]?.message ?? 'The answer holds no data.', errors?.[0]?.extensions?.code);
    }
    const told = errors?.map((e) => ({ ...e, extensions: { ...e.extensions, message: e.message } }));
    return { data, errors: told } as GraphQLResponse;
  };
}

async function post(url: string, body: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/graphql-response+json, application/json;q=0.9',
    },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new RequestError(`${url} cannot be reached.`);
  });
  return response.json().catch(() => {
    throw new RequestError(`${url} answers with HTTP ${response.status}, and not with JSON.`);
  });
}
