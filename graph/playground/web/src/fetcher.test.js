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

const SUBSCRIPTION = { query: 'query Q { a } subscription S { b }', operationName: 'S' };
const EVENT_STREAM = { 'Content-Type': 'text/event-stream; charset=utf-8' };
const next = (result) => `event: next\ndata: ${JSON.stringify(result)}\n\n`;
const COMPLETE = 'event: complete\ndata:\n\n';

async function collect(iterable) {
  const results = [];
  for await (const result of iterable) results.push(result);
  return results;
}

test('a subscription is an iterable of its results, and sends the user’s headers', async (t) => {
  let received;
  const url = await startServer(t, (request, response) => {
    received = request;
    response.writeHead(200, EVENT_STREAM);
    response.end(`:\n\n${next({ data: { b: 1 } })}:\n\n${next({ data: { b: 2 } })}${COMPLETE}`);
  });
  const headers = { 'x-api-key': 'k', 'CONTENT-TYPE': 'application/json' };
  const results = await collect(await createFetcher(url)(SUBSCRIPTION, { headers }));
  assert.deepEqual(results, [{ data: { b: 1 } }, { data: { b: 2 } }]);
  assert.equal(received.method, 'POST');
  assert.equal(received.url, '/graphql');
  assert.equal(received.headers['x-api-key'], 'k');
  assert.equal(received.headers['content-type'], 'application/json');
  assert.equal(received.headers.accept, 'text/event-stream');
});

test('the query of a document with a subscription is sent as a query', async (t) => {
  const url = await startServer(t, (request, response) => {
    response.end(JSON.stringify({ data: { accept: request.headers.accept } }));
  });
  const { data } = await createFetcher(url)({ ...SUBSCRIPTION, operationName: 'Q' });
  assert.match(data.accept, /^application\/graphql-response\+json/);
  const invalid = await createFetcher(url)({ query: 'subscription {' });
  assert.match(invalid.data.accept, /^application\/graphql-response\+json/);
});

test('stopping a subscription ends its iterable and its connection', async (t) => {
  let closed;
  const url = await startServer(t, (_request, response) => {
    closed = new Promise((resolve) => response.once('close', resolve));
    response.writeHead(200, EVENT_STREAM);
    response.write(next({ data: { b: 1 } }));
  });
  const iterable = await createFetcher(url)(SUBSCRIPTION);
  const iterator = iterable[Symbol.asyncIterator]();
  assert.deepEqual((await iterator.next()).value, { data: { b: 1 } });
  const pending = iterator.next();
  await iterable[Symbol.asyncIterator]().return(); // what GraphiQL's stop button calls
  assert.equal((await pending).done, true);
  await closed;
});

test('a rejected subscription has one result: the errors of the response', async (t) => {
  const result = { errors: [{ message: 'no', extensions: { code: 'UNAUTHENTICATED' } }] };
  let requests = 0;
  const url = await startServer(t, (_request, response) => {
    requests++;
    response.writeHead(401, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(result));
  });
  assert.deepEqual(await collect(await createFetcher(url)(SUBSCRIPTION)), [result]);
  assert.equal(requests, 1);
});

test('a stream that breaks off is an error, after its results and without a second request', async (t) => {
  let requests = 0;
  const url = await startServer(t, (_request, response) => {
    requests++;
    response.writeHead(200, EVENT_STREAM);
    response.end(next({ data: { b: 1 } }));
  });
  const iterator = (await createFetcher(url)(SUBSCRIPTION))[Symbol.asyncIterator]();
  assert.deepEqual((await iterator.next()).value, { data: { b: 1 } });
  await assert.rejects(iterator.next(), /Connection closed/);
  assert.equal(requests, 1);
});

test('a response to a subscription that is not JSON is an error with its status', async (t) => {
  const url = await startServer(t, (_request, response) => {
    response.statusCode = 502;
    response.end('<h1>gone</h1>');
  });
  await assert.rejects(collect(await createFetcher(url)(SUBSCRIPTION)), /HTTP 502 Bad Gateway: <h1>gone/);
});
