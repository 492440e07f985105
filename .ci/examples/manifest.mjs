// manifest requests every document of a server's manifest by its id, and one that is not in it:
//
//	node manifest.mjs http://127.0.0.1:8080/graphql ../../examples/relay/documents.json
//
// The server must run with that file as TRUSTED_DOCUMENTS, and with TRUSTED_DOCUMENTS_ONLY=true.
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

const [endpoint, file] = process.argv.slice(2);

// errorCodes posts a body and returns the codes of the errors in the response.
async function errorCodes(body) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { errors = [] } = await response.json();
  return errors.map((error) => error.extensions.code);
}

const ids = Object.keys(JSON.parse(await readFile(file, 'utf8')));
// A document with required variables fails with BAD_USER_INPUT, which shows that it was found.
const rejected = ['DOCUMENT_NOT_TRUSTED', 'PERSISTED_QUERY_NOT_FOUND', 'GRAPHQL_VALIDATION_FAILED'];
for (const documentId of ids) {
  const codes = await errorCodes({ documentId });
  if (codes.some((code) => rejected.includes(code))) throw new Error(`${documentId}: ${codes}`);
}
const unlisted = await errorCodes({ query: '{ __typename }' });
if (ids.length === 0 || unlisted[0] !== 'DOCUMENT_NOT_TRUSTED') throw new Error(`${ids.length} documents; an unlisted one: ${unlisted}`);
console.log(`ok    ${ids.length} documents of ${basename(dirname(file))}/${basename(file)}, and no others`);
