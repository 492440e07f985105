import type { CombinedError } from 'urql';

// The server's messages are written for users. A network error has only the browser's message.
export function ErrorMessage({ error }: { error?: CombinedError }) {
  if (!error) return null;
  const messages = error.networkError ? [error.networkError.message] : error.graphQLErrors.map((e) => e.message);
  return <p role="alert">{messages.join(' ')}</p>;
}

export function hasCode(error: CombinedError | undefined, code: string) {
  return Boolean(error?.graphQLErrors.some((e) => e.extensions.code === code));
}
