// manifest asks a server for every document of the manifest that it was given, by its id, and for one that is not in it:
//
//	node manifest.mjs http://127.0.0.1:8080/graphql ../../examples/relay/documents.json
//
// The server runs with that file as TRUSTED_DOCUMENTS, and TRUSTED_DOCUMENTS_ONLY=true.
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

const [endpoint, file] = process.argv.slice(2);

async function codes(body) {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { errors = [] } = await answer.json();
  return errors.map((error) => error.extensions.code);
}

const ids = Object.keys(JSON.parse(await readFile(file, 'utf8')));
// Without their variables some of them cannot run, which is BAD_USER_INPUT: then they were found.
const refused = ['DOCUMENT_NOT_TRUSTED', 'PERSISTED_QUERY_NOT_FOUND', 'GRAPHQL_VALIDATION_FAILED'];
for (const documentId of ids) {
  const found = await codes({ documentId });
  if (found.some((code) => refused.includes(code))) throw new Error(`${documentId}: ${found}`);
}
const other = await codes({ query: '{ __typename }' });
if (ids.length === 0 || other[0] !== 'DOCUMENT_NOT_TRUSTED') throw new Error(`${ids.length} documents, ${other}`);
console.log(`ok    ${ids.length} documents of ${basename(dirname(file))}/${basename(file)}, and no other`);
