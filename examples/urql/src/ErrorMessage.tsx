import type { CombinedError } from 'urql';

// Problem shows what the server says, which is written for people; a network error has only the browser's words.
export function Problem({ error }: { error?: CombinedError }) {
  if (!error) return null;
  const messages = error.networkError ? [error.networkError.message] : error.graphQLErrors.map((e) => e.message);
  return <p role="alert">{messages.join(' ')}</p>;
}

export function hasCode(error: CombinedError | undefined, code: string) {
  return Boolean(error?.graphQLErrors.some((e) => e.extensions.code === code));
}
