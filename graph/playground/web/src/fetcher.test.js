import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { createFetcher } from './fetcher.js';

// startServer serves every request with handler until the test ends. It returns the URL of the endpoint.
async function startServer(t, handler) {
  const server = createServer(handler);
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  t.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}/graphql`;
}

test('a query is sent by POST, and the user’s headers override the defaults', async (t) => {
  let received;
  const url = await startServer(t, (request, response) => {
    received = request;
    response.end('{"data":{"a":1}}');
  });
  const headers = { 'x-api-key': 'k', accept: 'application/json' };
  assert.deepEqual(await createFetcher(url)({ query: '{a}' }, { headers }), { data: { a: 1 } });
  assert.equal(received.method, 'POST');
  assert.equal(received.headers['content-type'], 'application/json');
  assert.equal(received.headers['x-api-key'], 'k');
  assert.equal(received.headers.accept, 'application/json');
});

test('a response that is not JSON is an error with its status', async (t) => {
  const url = await startServer(t, (_request, response) => {
    response.statusCode = 502;
    response.end('<h1>gone</h1>');
  });
  await assert.rejects(createFetcher(url)({ query: '{a}' }), /HTTP 502 Bad Gateway: <h1>gone/);
});
