import { type GraphQLError, RequestError } from './errors';
import { endpoint } from './execute';
import type { TypedDocumentString } from './gql/graphql';

/**
 * Yields each result of a subscription, over Server-Sent Events, until the server completes it or you leave the loop.
 * Throws a RequestError if the subscription is rejected or fails, or the connection breaks off.
 */
export async function* subscribe<TResult, TVariables>(
  document: TypedDocumentString<TResult, TVariables>,
  variables: TVariables,
): AsyncGenerator<TResult, void, undefined> {
  const controller = new AbortController();
  try {
    const response = await post({ query: document.toString(), variables }, controller.signal);
    for await (const { event, data } of events(response)) {
      if (event === 'complete') return;
      if (event === 'next') yield parse(data);
    }
  } catch (cause) {
    if (cause instanceof RequestError) throw cause;
    throw new RequestError(`The connection to ${endpoint} failed.`, { cause });
  } finally {
    controller.abort(); // closes the connection, also when the loop is left early
  }
  throw new RequestError(`${endpoint} ended the subscription before it was complete. Subscribe again.`);
}

async function post(body: object, signal: AbortSignal): Promise<Response> {
  const headers = { 'Content-Type': 'application/json', Accept: 'text/event-stream' };
  const response = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(body), signal });
  if (response.headers.get('Content-Type')?.startsWith('text/event-stream')) return response;
  parse(await response.text()); // throws the errors of a rejected subscription
  throw new RequestError(`${endpoint} did not return an event stream: HTTP ${response.status} ${response.statusText}`);
}

function parse<TResult>(json: string): TResult {
  const { data, errors }: { data?: TResult; errors?: GraphQLError[] } = JSON.parse(json);
  if (errors?.length) throw new RequestError(errors[0]!.message, { errors, data });
  return data!;
}

/** Yields the events of the response. An event is lines of `name: value`, and ends with an empty line. */
async function* events(response: Response) {
  let rest = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop()!;
    for (const block of blocks) {
      const field = (name: string) => block.match(new RegExp(`^${name}: ?(.*)$`, 'm'))?.[1] ?? '';
      yield { event: field('event'), data: field('data') }; // a comment, which only holds the connection, has neither
    }
  }
}
