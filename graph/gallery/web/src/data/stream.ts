import { createClient, type ExecutionResult, type RequestParams } from 'graphql-sse';
import { type GraphQLFormattedError, type PickerError, asPickerError, graphQLError, networkError, statusError } from './errors';
import { parseResult } from './response';

export interface StreamTarget {
  endpoint: string;
  headers: Record<string, string>;
  fetch: typeof fetch;
}

const MAX_DELAY = 30_000; // ms
const MAX_RETRY_AFTER = 86_400; // seconds: a timer of more than 24 days would fire at once

/** Errors that pass: a new subscription may succeed. */
const temporary = new Set(['NETWORK_ERROR', 'OFFLINE', 'RATE_LIMITED', 'OVERLOADED', 'UPSTREAM_TIMEOUT', 'UPSTREAM_UNAVAILABLE']);

/** Yields the data of each event of a subscription: see GraphQLClient.watch. */
export async function* subscribe<R>(
  target: StreamTarget,
  body: Record<string, unknown>,
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<R, void, undefined> {
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      for await (const { data, errors } of connect<R>(target, body, signal)) {
        const error = (errors as readonly GraphQLFormattedError[] | undefined)?.[0];
        if (error && !hasValue(data)) throw graphQLError(error);
        failures = 0;
        if (data) yield data;
      }
      return;
    } catch (thrown) {
      if (signal.aborted) return;
      const error = asPickerError(thrown);
      if (!isTemporary(error)) throw error;
      await delay(failures, error.retryAfter, signal);
    }
  }
}

/** Yields the events of one connection. It throws a PickerError if the stream breaks. */
async function* connect<R>(target: StreamTarget, body: Record<string, unknown>, signal: AbortSignal) {
  let failure: PickerError | undefined;
  const client = createClient({
    url: target.endpoint,
    headers: target.headers,
    retryAttempts: 0, // the backoff of graphql-sse cannot be aborted
    fetchFn: async (url: string, init: RequestInit) => {
      try {
        return await open(target.fetch, url, init);
      } catch (error) {
        failure = asPickerError(error);
        throw error;
      }
    },
  });
  const dispose = () => client.dispose();
  signal.addEventListener('abort', dispose);
  try {
    yield* client.iterate<R>(body as unknown as RequestParams) as AsyncIterable<ExecutionResult<R>>;
  } catch (error) {
    throw failure ?? networkError(error);
  } finally {
    signal.removeEventListener('abort', dispose);
    dispose();
  }
}

/** Requests an event stream. It throws a PickerError if the response is none. */
async function open(fetchStream: typeof fetch, url: string, init: RequestInit): Promise<Response> {
  const response = await fetchStream(url, { ...init, redirect: 'error' }); // as in GraphQLClient
  if (!response.ok || !response.headers.get('Content-Type')?.startsWith('text/event-stream')) {
    parseResult(response, await response.text());
    throw statusError(response.status);
  }
  // graphql-sse misses the end of a stream in the same turn as an event.
  const wait = new TransformStream<Uint8Array, Uint8Array>({ flush: () => new Promise((resolve) => setTimeout(resolve)) });
  return new Response(response.body?.pipeThrough(wait), response);
}

/** Reports whether a subscription after this error may succeed. */
function isTemporary({ code, status = 0 }: PickerError): boolean {
  return temporary.has(code) && (status < 400 || status === 408 || status === 429 || status >= 500);
}

/** Reports whether any field of the data has a value. */
function hasValue(data: unknown): boolean {
  return !!data && Object.values(data).some((value) => value !== null);
}

function delay(failures: number, retryAfter = 0, signal: AbortSignal): Promise<void> {
  const backoff = Math.min(1000 * 2 ** failures, MAX_DELAY) * (0.5 + Math.random() / 2);
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(backoff, Math.min(retryAfter, MAX_RETRY_AFTER) * 1000));
    signal.addEventListener('abort', done);
  });
}
