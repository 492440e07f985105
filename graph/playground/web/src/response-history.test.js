import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ResponseHistory } from './response-history.js';

// execute runs operations through a fetcher that history wraps; responseTo returns the response to each.
async function execute(history, operations, responseTo = ({ operationName }) => ({ data: { a: operationName } })) {
  const fetcher = history.wrap(async (params) => responseTo(params));
  for (const operation of operations) await fetcher(operation);
}

const operation = (operationName) => ({ operationName, query: `query ${operationName} { a }`, variables: {} });
const displayed = (response) => JSON.stringify(response, null, 2);

test('operationOf returns the operation of a response', async () => {
  const history = new ResponseHistory();
  await execute(history, [operation('One'), operation('Two')]);
  assert.deepEqual(history.operationOf(displayed({ data: { a: 'One' } })), {
    operationName: 'One',
    query: 'query One { a }',
  });
  assert.equal(history.operationOf('{"data":{}}'), undefined);
  assert.equal(history.operationOf(null), undefined);
});

test('operationOf returns the last operation of equal responses', async () => {
  const history = new ResponseHistory();
  await execute(history, [operation('One'), operation('Two')], () => ({ data: null }));
  assert.equal(history.operationOf(displayed({ data: null })).operationName, 'Two');
});

test('latest returns the last response to an operation name', async () => {
  const history = new ResponseHistory();
  let n = 0;
  await execute(history, [operation('One'), operation('Two'), operation('One')], () => ({ data: { n: ++n } }));
  assert.deepEqual(history.latest('One'), { data: { n: 3 } });
  assert.equal(history.latest('Three'), undefined);
});

test('a repeated response becomes the latest', async () => {
  const history = new ResponseHistory();
  const data = [1, 2, 1];
  await execute(history, [operation('One'), operation('One'), operation('One')], () => ({ data: data.shift() }));
  assert.deepEqual(history.latest('One'), { data: 1 });
});

test('the history has at most twenty entries, without introspection', async () => {
  const history = new ResponseHistory();
  await execute(history, Array.from({ length: 21 }, (_, i) => operation(`Q${i}`)));
  await execute(history, [{ operationName: 'IntrospectionQuery', query: '{a}' }]);
  assert.equal(history.latest('Q0'), undefined);
  assert.ok(history.latest('Q1'));
  assert.equal(history.latest('IntrospectionQuery'), undefined);
});

test('the wrapped fetcher returns and throws the same as the fetcher', async () => {
  const response = { data: {} };
  assert.equal(await new ResponseHistory().wrap(async () => response)(operation('One')), response);
  const failing = new ResponseHistory().wrap(() => Promise.reject(new Error('no network')));
  await assert.rejects(failing(operation('One')), /no network/);
});

async function* asyncValues(values) {
  yield* values;
}

test('each result of a subscription is recorded', async () => {
  const history = new ResponseHistory();
  const results = [{ data: { n: 1 } }, { data: { n: 2 } }];
  const iterable = await history.wrap(async () => asyncValues(results))(operation('One'));
  for await (const result of iterable) assert.deepEqual(history.latest('One'), result);
  assert.equal(history.operationOf(displayed(results[0])).operationName, 'One');
});

test('a subscription is stopped while a result is awaited', async () => {
  let stop;
  const stopped = new Promise((resolve) => (stop = () => resolve({ done: true, value: undefined })));
  const iterator = { next: () => stopped, return: async () => stop() };
  const source = { [Symbol.asyncIterator]: () => iterator };
  const iterable = await new ResponseHistory().wrap(async () => source)(operation('One'));
  const pending = iterable.next();
  await iterable[Symbol.asyncIterator]().return();
  assert.equal((await pending).done, true);
});
