import { createClient } from 'graphql-sse';
import {
  type FetchFunction,
  type GraphQLResponse,
  Observable,
  type PayloadError,
  type SubscribeFunction,
} from 'relay-runtime';

type Extensions = { code?: string; message?: string };
type Payload = { data?: Record<string, unknown> | null; errors?: (PayloadError & { extensions?: Extensions })[] };

// FieldError is an error as @catch returns it. Relay omits the message, since many servers' messages are not meant for
// users. This server's are, so createFetchFunction copies them to extensions.message.
export type FieldError = { path?: readonly unknown[]; extensions?: Extensions };

// RequestError is the error of an operation that returned no data.
export class RequestError extends Error {
  code?: string;

  constructor(message: string, code?: string) {
    super(message);
    this.name = 'RequestError';
    this.code = code;
  }
}

// createFetchFunction returns the function that sends Relay's operations to the endpoint at url. It aborts the request of
// an operation that nothing waits for any more, such as an outdated search.
export function createFetchFunction(url: string): FetchFunction {
  return ({ text }, variables) =>
    Observable.create((sink) => {
      const controller = new AbortController();
      const { signal } = controller;
      execute(url, { query: text, variables }, signal).then(
        (response) => {
          sink.next(response);
          sink.complete();
        },
        (error) => signal.aborted || sink.error(error),
      );
      return () => controller.abort();
    });
}

// createSubscribeFunction returns the function that sends Relay's subscriptions to the endpoint at url. Their results are
// Server-Sent Events. graphql-sse connects again if the connection breaks off.
export function createSubscribeFunction(url: string): SubscribeFunction {
  const client = createClient({ url });
  return ({ name, text }, variables) =>
    Observable.create((sink) =>
      client.subscribe<Record<string, unknown>>(
        { operationName: name, query: text!, variables },
        { next: (result) => sink.next(result as GraphQLResponse), error: sink.error, complete: sink.complete },
      ),
    );
}

async function execute(url: string, body: unknown, signal: AbortSignal): Promise<GraphQLResponse> {
  const { data, errors } = await post(url, body, signal);
  // A failed field leaves the rest of the data intact. But a connection that is null would replace the pages already
  // in the store. So a response with errors whose root fields are all null rejects the operation instead.
  if (!data || (errors && Object.values(data).every((value) => value === null))) {
    throw new RequestError(errors?.[0]?.message ?? 'The response has no data.', errors?.[0]?.extensions?.code);
  }
  const fieldErrors = errors?.map((e) => ({ ...e, extensions: { ...e.extensions, message: e.message } }));
  return { data, errors: fieldErrors } as GraphQLResponse;
}

async function post(url: string, body: unknown, signal: AbortSignal): Promise<Payload> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/graphql-response+json, application/json;q=0.9',
    },
    body: JSON.stringify(body),
    signal,
  }).catch(() => {
    throw new RequestError(`Cannot reach ${url}.`);
  });
  return response.json().catch(() => {
    throw new RequestError(`${url} returned HTTP ${response.status} without JSON.`);
  });
}
