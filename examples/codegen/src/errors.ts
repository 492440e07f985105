import type { TypedDocumentString } from './gql/graphql';

/** What an answer may hold beside its data. */
export interface GraphQLError {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string; retryAfter?: number };
}

interface Details {
  errors?: GraphQLError[];
  retryAfter?: number | undefined;
  document?: object;
  data?: unknown;
  cause?: unknown;
}

/** An operation that failed, wholly or in part. Its message is written for people; decide by its code. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  /** All that went wrong, each with its path in the data. The message and the code are those of the first. */
  readonly errors: GraphQLError[];
  /** As the server names it, such as `CURSOR_EXPIRED`. Undefined: no GraphQL server has answered. */
  readonly code: string | undefined;
  /** In how many seconds another try makes sense, where the server says so. */
  readonly retryAfter: number | undefined;
  readonly #document: object | undefined;
  readonly #data: unknown;

  constructor(message: string, { errors = [], retryAfter, document, data, cause }: Details = {}) {
    super(message, { cause });
    this.errors = errors;
    this.code = errors[0]?.extensions?.code;
    this.retryAfter = errors.find((error) => error.extensions?.retryAfter)?.extensions?.retryAfter ?? retryAfter;
    this.#document = document;
    this.#data = data;
  }

  /**
   * What the failed operation gave all the same, if it was this document's: a field that fails is null, and the
   * others are whole. Null: nothing.
   */
  partial<TResult, TVariables>(document: TypedDocumentString<TResult, TVariables>): TResult | null {
    return document === this.#document ? ((this.#data ?? null) as TResult | null) : null;
  }
}
