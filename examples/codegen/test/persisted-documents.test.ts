import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { CharacterDetail } from '../src/character';
import { CharacterPage } from '../src/characters';
import { documentHash, endpoint, execute, executePersisted } from '../src/execute';
import './intercept-fetch';

const manifest: Record<string, string> = JSON.parse(
  await readFile(new URL('../src/gql/persisted-documents.json', import.meta.url), 'utf8'),
);

async function post(body: object): Promise<any> {
  const headers = { 'Content-Type': 'application/json' };
  return (await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(body) })).json();
}

test('each key of the manifest is the SHA-256 hash of its document', () => {
  for (const [hash, document] of Object.entries(manifest)) {
    expect(createHash('sha256').update(document).digest('hex')).toBe(hash);
  }
  expect(manifest).toHaveProperty(documentHash(CharacterPage));
  expect(manifest).toHaveProperty(documentHash(CharacterDetail));
});

test('the server registers every query of the manifest under its hash', async () => {
  for (const [sha256Hash, query] of Object.entries(manifest)) {
    if (query.startsWith('subscription')) continue; // it has no single response
    // The missing variables are rejected after the document is loaded.
    const { errors } = await post({ query, extensions: { persistedQuery: { version: 1, sha256Hash } } });
    expect(errors[0].message).toMatch(/^`\$\w+` is missing/);
    const byHash = await post({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
    expect(byHash.errors[0].message).toBe(errors[0].message);
  }
});

test('executePersisted returns the same data as execute', async () => {
  const sha256Hash = documentHash(CharacterPage);
  const variables = { first: 3 };
  await post({ query: manifest[sha256Hash], variables, extensions: { persistedQuery: { version: 1, sha256Hash } } });
  const page = await executePersisted(CharacterPage, variables);
  expect(page).toEqual(await execute(CharacterPage, variables));
  expect(page.avatarGroups?.nodes).toHaveLength(3);
});
