import { endpoint } from './fixtures';

// The tests need a running server. Without one, every test would fail with an error of its own.
export default async function () {
  await fetch(endpoint).catch(() => {
    throw new Error(`No server at ${endpoint}: start it with \`go run .\`, or set GRAPHQL_URL.`);
  });
}
