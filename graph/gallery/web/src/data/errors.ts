/** An entry of `errors` in a GraphQL response. */
export interface GraphQLFormattedError {
  message: string;
  path?: readonly (string | number)[];
  extensions?: { code?: string; retryAfter?: number; [key: string]: unknown };
}

export interface PickerErrorOptions {
  status?: number | undefined;
  retryAfter?: number | undefined;
  path?: readonly (string | number)[] | undefined;
  cause?: unknown;
}

/** A failed request. Branch on its code: `extensions.code` of the server, `NETWORK_ERROR` or `OFFLINE`. */
export class PickerError extends Error {
  override readonly name = 'PickerError';
  readonly code: string;
  /** HTTP status. Undefined if there was no response. */
  readonly status?: number;
  /** Seconds after which a retry may succeed. */
  readonly retryAfter?: number;
  /** Response path of the field that failed. */
  readonly path?: (string | number)[];

  constructor(code: string, message: string, { status, retryAfter, path, cause }: PickerErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    if (status !== undefined) this.status = status;
    if (retryAfter !== undefined) this.retryAfter = retryAfter;
    if (path) this.path = [...path];
  }
}

/** Returns the error of a GraphQL response. Without `extensions.code`, the HTTP status decides. */
export function graphQLError(error: GraphQLFormattedError, options: PickerErrorOptions = {}): PickerError {
  const { code, retryAfter } = error.extensions ?? {};
  return new PickerError(code ?? codeOfStatus(options.status), error.message, {
    ...options,
    retryAfter: Number.isFinite(retryAfter) ? retryAfter : options.retryAfter,
    path: error.path,
  });
}

/** Returns the error of a response that is not GraphQL, such as a proxy's page. */
export function statusError(status: number, options: PickerErrorOptions = {}): PickerError {
  const message = status >= 400 ? `HTTP status ${status}` : 'The response is not a GraphQL response.';
  return new PickerError(codeOfStatus(status), message, { ...options, status });
}

/** Returns the error of a request without a response. */
export function networkError(cause: unknown): PickerError {
  const offline = globalThis.navigator?.onLine === false;
  const message = cause instanceof Error ? cause.message : String(cause);
  return new PickerError(offline ? 'OFFLINE' : 'NETWORK_ERROR', message, { cause });
}

/** Returns the error of a root field that is null, or null if the field has none. */
export function fieldError(errors: readonly GraphQLFormattedError[], field: string, inner?: string): PickerError | null {
  const error = errors.find(({ path }) => path?.[0] === field && (inner === undefined || path[1] === inner));
  return error ? graphQLError(error) : null;
}

/** Consecutive pages without a new item after which a list ends with an error. */
export const MAX_BARREN_PAGES = 3;

/** Returns the error of a list whose pages repeat the same items. */
export function repeatedPages(): PickerError {
  return new PickerError('UPSTREAM_INVALID_RESPONSE', 'The pages of the list repeat the same items.');
}

/** Returns the error of a field that is null without one. */
export function nullField(name: string): PickerError {
  return new PickerError('NETWORK_ERROR', `The response has no ${name}.`);
}

/** Returns the error as a PickerError. */
export function asPickerError(error: unknown): PickerError {
  return error instanceof PickerError ? error : networkError(error);
}

/** Returns the seconds of a Retry-After header, which is a number or a date. */
export function parseRetryAfter(header: string | null): number | undefined {
  if (!header) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - Date.now()) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

function codeOfStatus(status: number | undefined): string {
  switch (status) {
    case 401:
      return 'UNAUTHENTICATED';
    case 403:
      return 'FORBIDDEN';
    case 429:
      return 'RATE_LIMITED';
    default:
      return 'NETWORK_ERROR';
  }
}
