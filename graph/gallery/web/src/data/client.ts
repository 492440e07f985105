import type { TypedDocumentString } from '../gql/graphql';
import { PickerError, networkError } from './errors';
import { type GraphQLResult, parseResult } from './response';
import { subscribe } from './stream';

export type { GraphQLResult } from './response';

export interface ClientOptions {
  endpoint: string;
  /** Sent as `Authorization: Bearer`. */
  token?: string | null;
  /** Sent as `X-Api-Key`, for servers in passthrough mode. */
  apiKey?: string | null;
  fetch?: typeof fetch;
}

const unknownDocument = ['PERSISTED_QUERY_NOT_FOUND', 'DOCUMENT_NOT_TRUSTED'];

/**
 * GraphQLClient executes the picker's documents. It names a document by its id, and sends the source only to servers
 * that do not know the id.
 */
export class GraphQLClient {
  readonly endpoint: string;
  readonly #headers: Record<string, string>;
  readonly #fetch: typeof fetch;
  #sendSource = false;

  constructor({ endpoint, token, apiKey, fetch: customFetch }: ClientOptions) {
    this.endpoint = endpoint;
    this.#fetch = customFetch ?? ((input, init) => globalThis.fetch(input, init));
    this.#headers = { 'GraphQL-Client-Name': 'heygen-avatar-picker' };
    if (token) this.#headers['Authorization'] = `Bearer ${token}`;
    if (apiKey) this.#headers['X-Api-Key'] = apiKey;
  }

  /** Executes a query. It throws a PickerError if the response has no data, and the AbortError of an aborted signal. */
  async request<R, V>(document: TypedDocumentString<R, V>, variables: V, signal?: AbortSignal): Promise<GraphQLResult<R>> {
    const sendSource = this.#sendSource;
    try {
      return await this.#post(document, variables, signal);
    } catch (error) {
      if (!this.#unknownId(error, sendSource)) throw error;
      return this.#post(document, variables, signal);
    }
  }

  /**
   * Executes a subscription and yields the data of each event. It connects at the first `next`, reconnects when the
   * stream breaks or reaches the server's deadline, and returns on completion and when the signal is aborted. It throws
   * the PickerError of a failure that stays.
   */
  async *watch<R, V>(document: TypedDocumentString<R, V>, variables: V, signal?: AbortSignal): AsyncGenerator<R, void, undefined> {
    let sendSource: boolean;
    do {
      sendSource = this.#sendSource;
      try {
        yield* subscribe<R>(
          { endpoint: this.endpoint, headers: this.#headers, fetch: this.#fetch },
          this.#body(document, variables),
          signal,
        );
        return;
      } catch (error) {
        if (!this.#unknownId(error, sendSource)) throw error;
      }
    } while (!sendSource);
  }

  /** Reports whether the server does not know the id of a document; from then on, requests have the source. */
  #unknownId(error: unknown, sentSource: boolean): boolean {
    if (sentSource || !(error instanceof PickerError) || !unknownDocument.includes(error.code)) return false;
    this.#sendSource = true;
    return true;
  }

  #body<R, V>(document: TypedDocumentString<R, V>, variables: V): Record<string, unknown> {
    const id = document.__meta__?.['hash'];
    return this.#sendSource || !id ? { query: document.toString(), variables } : { documentId: id, variables };
  }

  async #post<R, V>(document: TypedDocumentString<R, V>, variables: V, signal?: AbortSignal): Promise<GraphQLResult<R>> {
    let response: Response;
    let text: string;
    try {
      response = await this.#fetch(this.endpoint, {
        method: 'POST',
        redirect: 'error', // to another host, browsers would send the key as well
        headers: {
          ...this.#headers,
          'Content-Type': 'application/json',
          Accept: 'application/graphql-response+json, application/json;q=0.9',
        },
        body: JSON.stringify(this.#body(document, variables)),
        ...(signal && { signal }),
      });
      text = await response.text();
    } catch (error) {
      if (signal?.aborted || (error instanceof Error && error.name === 'AbortError')) throw error;
      throw networkError(error);
    }
    return parseResult<R>(response, text);
  }
}
