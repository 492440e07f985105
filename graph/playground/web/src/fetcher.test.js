import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { createFetcher } from './fetcher.js';

// serve answers every request with answer until the test is over.
async function serve(t, answer) {
  const server = createServer(answer);
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  t.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}/graphql`;
}

test('a query is posted with the visitor’s headers over ours', async (t) => {
  let seen;
  const url = await serve(t, (request, response) => {
    seen = request;
    response.end('{"data":{"a":1}}');
  });
  const headers = { 'x-api-key': 'k', accept: 'application/json' };
  assert.deepEqual(await createFetcher(url)({ query: '{a}' }, { headers }), { data: { a: 1 } });
  assert.equal(seen.method, 'POST');
  assert.equal(seen.headers['content-type'], 'application/json');
  assert.equal(seen.headers['x-api-key'], 'k');
  assert.equal(seen.headers.accept, 'application/json');
});

test('an answer that is not JSON is shown with its status', async (t) => {
  const url = await serve(t, (_request, response) => {
    response.statusCode = 502;
    response.end('<h1>gone</h1>');
  });
  await assert.rejects(createFetcher(url)({ query: '{a}' }), /HTTP 502 Bad Gateway: <h1>gone/);
});
