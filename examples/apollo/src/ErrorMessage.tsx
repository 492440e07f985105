import { CombinedGraphQLErrors, type ErrorLike } from '@apollo/client';

// The server's messages are written for users. A network error has only the browser's message.
export function ErrorMessage({ error }: { error?: ErrorLike }) {
  if (!error) return null;
  const messages = CombinedGraphQLErrors.is(error) ? error.errors.map((e) => e.message) : [error.message];
  return <p role="alert">{messages.join(' ')}</p>;
}

export function hasCode(error: unknown, code: string) {
  return CombinedGraphQLErrors.is(error) && error.errors.some((e) => e.extensions?.code === code);
}
