import { type GraphQLError, RequestError } from './errors';
import type { TypedDocumentString } from './gql/graphql';

export const endpoint = process.env.GRAPHQL_URL ?? 'http://127.0.0.1:8080/graphql';

/** The variables are an argument only if the document declares some. */
type VariablesArgument<TVariables> = TVariables extends Record<string, never> ? [] : [TVariables];

/** Executes a document and returns its data. If a field fails, throws a RequestError, which has the other fields. */
export function execute<TResult, TVariables>(
  document: TypedDocumentString<TResult, TVariables>,
  ...[variables]: VariablesArgument<TVariables>
): Promise<TResult> {
  return send(document, { query: document.toString(), variables });
}

/** Like execute, but sends only the hash. The server needs persisted-documents.json as its TRUSTED_DOCUMENTS. */
export function executePersisted<TResult, TVariables>(
  document: TypedDocumentString<TResult, TVariables>,
  ...[variables]: VariablesArgument<TVariables>
): Promise<TResult> {
  const persistedQuery = { version: 1, sha256Hash: documentHash(document) };
  return send(document, { extensions: { persistedQuery }, variables });
}

export function documentHash<TResult, TVariables>(document: TypedDocumentString<TResult, TVariables>): string {
  return document.__meta__?.hash;
}

async function send<TResult, TVariables>(
  document: TypedDocumentString<TResult, TVariables>,
  body: object,
): Promise<TResult> {
  const response = await post(body);
  const { data, errors } = await parse(response);
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
    throw new RequestError(`Cannot reach ${endpoint}.`, { cause });
  }
}

// A GraphQL response is read whatever its status: a rejected request has `errors`.
async function parse(response: Response): Promise<{ data?: unknown; errors?: GraphQLError[] }> {
  const body = await response.text();
  try {
    const result = JSON.parse(body);
    if (result.data || result.errors?.length) return result;
  } catch {
    // For example a proxy's HTML page. Its status says more than its body.
  }
  const { status, statusText } = response;
  throw new RequestError(`${endpoint} did not return a GraphQL response: HTTP ${status} ${statusText}`);
}
