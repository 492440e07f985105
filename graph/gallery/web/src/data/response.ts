import { type GraphQLFormattedError, graphQLError, parseRetryAfter, statusError } from './errors';

export interface GraphQLResult<R> {
  data: R;
  /** Errors of the fields that are null. */
  errors: GraphQLFormattedError[];
}

/** Returns the result of a response. It throws the PickerError of one without data. */
export function parseResult<R>(response: Response, text: string): GraphQLResult<R> {
  const { status } = response;
  const retryAfter = parseRetryAfter(response.headers.get('Retry-After'));
  let body: { data?: R | null; errors?: GraphQLFormattedError[] } | null;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw statusError(status, { retryAfter, cause });
  }
  const errors = Array.isArray(body?.errors) ? body.errors : [];
  if (response.ok && body?.data) return { data: body.data, errors };
  throw errors[0] ? graphQLError(errors[0], { status, retryAfter }) : statusError(status, { retryAfter });
}
