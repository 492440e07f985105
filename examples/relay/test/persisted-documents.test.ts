import { expect, test } from 'vitest';
import documents from '../documents.json';
import { endpoint } from './app';

const MONICA_ID = 'QXZhdGFyR3JvdXA6Z3JvdXBfbW9uaWNh';

test('the manifest has every operation under its SHA-256 hash, and the server runs queries by that hash', async () => {
  expect(Object.keys(documents)).toHaveLength(5);
  for (const [sha256Hash, query] of Object.entries(documents)) {
    if (query.startsWith('subscription')) continue; // it has no single response
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const variables = { id: MONICA_ID };
    for (const body of [{ query, variables, extensions }, { variables, extensions }]) {
      expect(Object.keys(await post(body))).toEqual(['data']);
    }
  }
});

async function post(body: unknown) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as object;
}
