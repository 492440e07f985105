import type { ErrorCode, TypedDocumentString } from './gql/graphql';

/** An entry of `errors` in a GraphQL response. */
export interface GraphQLError {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: ErrorCode; retryAfter?: number };
}

interface RequestErrorOptions {
  errors?: GraphQLError[];
  retryAfter?: number | undefined;
  document?: object;
  data?: unknown;
  cause?: unknown;
}

/** The error of an operation that failed, wholly or in part. Branch on its code: the message is for people. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  /** All errors of the response, each with its path in the data. The message and the code are those of the first. */
  readonly errors: GraphQLError[];
  /**
   * The server's error code, such as `CURSOR_EXPIRED`. Undefined if there was no GraphQL response. A newer server may
   * send a code that this type lacks: have a default where you branch on it.
   */
  readonly code: ErrorCode | undefined;
  /** The number of seconds to wait before a retry. Undefined if the server does not say. */
  readonly retryAfter: number | undefined;
  readonly #document: object | undefined;
  readonly #data: unknown;

  constructor(message: string, { errors = [], retryAfter, document, data, cause }: RequestErrorOptions = {}) {
    super(message, { cause });
    this.errors = errors;
    this.code = errors[0]?.extensions?.code;
    this.retryAfter = errors.find((error) => error.extensions?.retryAfter)?.extensions?.retryAfter ?? retryAfter;
    this.#document = document;
    this.#data = data;
  }

  /**
   * Returns the partial data of the response, in which each failed field is null. Returns null if there is no data, or
   * if the failed operation was another document's.
   */
  partial<TResult, TVariables>(document: TypedDocumentString<TResult, TVariables>): TResult | null {
    return document === this.#document ? ((this.#data ?? null) as TResult | null) : null;
  }
}
