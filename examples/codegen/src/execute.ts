import { type GraphQLError, RequestError } from './errors';
import type { TypedDocumentString } from './gql/graphql';

export const endpoint = process.env.GRAPHQL_URL ?? 'http://127.0.0.1:8080/graphql';

/** The variables are an argument only where the document has some. */
type Given<TVariables> = TVariables extends Record<string, never> ? [] : [TVariables];

/** Runs a document and gives its data, whole. Where a part fails it throws a RequestError, which holds the rest. */
export function execute<TResult, TVariables>(
  document: TypedDocumentString<TResult, TVariables>,
  ...[variables]: Given<TVariables>
): Promise<TResult> {
  return send(document, { query: document.toString(), variables });
}

/** The same by the document's hash alone, for a server that has persisted-documents.json as its TRUSTED_DOCUMENTS. */
export function executeByHash<TResult, TVariables>(
  document: TypedDocumentString<TResult, TVariables>,
  ...[variables]: Given<TVariables>
): Promise<TResult> {
  return send(document, { extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(document) } }, variables });
}

export function hashOf<TResult, TVariables>(document: TypedDocumentString<TResult, TVariables>): string {
  return document.__meta__?.hash;
}

async function send<TResult, TVariables>(
  document: TypedDocumentString<TResult, TVariables>,
  body: object,
): Promise<TResult> {
  const response = await post(body);
  const { data, errors } = await read(response);
  if (!errors?.length) return data as TResult;
  const seconds = Number(response.headers.get('Retry-After'));
  throw new RequestError(errors[0]!.message, { errors, retryAfter: seconds || undefined, document, data });
}

async function post(body: object): Promise<Response> {
  const headers = {
    'Content-Type': 'application/json',
    Accept: 'application/graphql-response+json, application/json;q=0.9',
  };
  try {
    return await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(body) });
  } catch (cause) {
    throw new RequestError(`${endpoint} cannot be reached.`, { cause });
  }
}

// The status is not looked at where there is an answer: what was refused has errors, whatever its status.
async function read(response: Response): Promise<{ data?: unknown; errors?: GraphQLError[] }> {
  const text = await response.text();
  try {
    const answer = JSON.parse(text);
    if (answer.data || answer.errors?.length) return answer;
  } catch {
    // A proxy's page, say. Its status tells more than its HTML does.
  }
  throw new RequestError(`${endpoint} is no GraphQL server: HTTP ${response.status} ${response.statusText}`);
}
