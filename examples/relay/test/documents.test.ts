import { expect, test } from 'vitest';
import documents from '../documents.json';
import { endpoint } from './page';

test('the manifest holds every operation by the hash of its text, and the server finds it by that hash', async () => {
  expect(Object.keys(documents)).toHaveLength(4);
  for (const [sha256Hash, query] of Object.entries(documents)) {
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const variables = { id: 'group_monica' };
    const whole = await post({ query, variables, extensions });
    expect(whole.data).toBeTruthy();
    expect(await post({ variables, extensions })).toEqual(whole);
  }
});

async function post(body: unknown) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as { data?: unknown };
}
