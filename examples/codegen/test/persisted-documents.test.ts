import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { CharacterDetail } from '../src/character';
import { CharacterPage } from '../src/characters';
import { endpoint, execute, executeByHash, hashOf } from '../src/execute';
import './intercept-fetch';

const manifest: Record<string, string> = JSON.parse(
  await readFile(new URL('../src/gql/persisted-documents.json', import.meta.url), 'utf8'),
);

async function ask(body: object): Promise<any> {
  const headers = { 'Content-Type': 'application/json' };
  return (await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(body) })).json();
}

test('the manifest names each document by the SHA-256 of its text', () => {
  for (const [hash, text] of Object.entries(manifest)) {
    expect(createHash('sha256').update(text).digest('hex')).toBe(hash);
  }
  expect(manifest).toHaveProperty(hashOf(CharacterPage));
  expect(manifest).toHaveProperty(hashOf(CharacterDetail));
});

test('the server takes every text of the manifest under its hash', async () => {
  for (const [sha256Hash, query] of Object.entries(manifest)) {
    // Without the variables it gets no further than to their check, and by then the document has been read.
    const { errors } = await ask({ query, extensions: { persistedQuery: { version: 1, sha256Hash } } });
    expect(errors[0].message).toMatch(/^`\$\w+` is missing/);
    const again = await ask({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
    expect(again.errors[0].message).toBe(errors[0].message);
  }
});

test('and then the hash alone, with the same result as the text', async () => {
  const sha256Hash = hashOf(CharacterPage);
  const variables = { first: 3 };
  await ask({ query: manifest[sha256Hash], variables, extensions: { persistedQuery: { version: 1, sha256Hash } } });
  const page = await executeByHash(CharacterPage, variables);
  expect(page).toEqual(await execute(CharacterPage, variables));
  expect(page.avatarGroups?.nodes).toHaveLength(3);
});
