import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Answers } from './response-history.js';

// ask sends operations through the fetcher of answers; each is answered with what answerOf makes of it.
async function ask(answers, operations, answerOf = ({ operationName }) => ({ data: { a: operationName } })) {
  const fetcher = answers.remembering(async (params) => answerOf(params));
  for (const operation of operations) await fetcher(operation);
}

const named = (operationName) => ({ operationName, query: `query ${operationName} { a }`, variables: {} });
const shown = (answer) => JSON.stringify(answer, null, 2);

test('an answer’s text leads to the operation that it answers', async () => {
  const answers = new Answers();
  await ask(answers, [named('One'), named('Two')]);
  assert.deepEqual(answers.operationOf(shown({ data: { a: 'One' } })), {
    operationName: 'One',
    query: 'query One { a }',
  });
  assert.equal(answers.operationOf('{"data":{}}'), undefined);
  assert.equal(answers.operationOf(null), undefined);
});

test('the same text belongs to the operation that had it last', async () => {
  const answers = new Answers();
  await ask(answers, [named('One'), named('Two')], () => ({ data: null }));
  assert.equal(answers.operationOf(shown({ data: null })).operationName, 'Two');
});

test('the latest answer of a name is given', async () => {
  const answers = new Answers();
  let n = 0;
  await ask(answers, [named('One'), named('Two'), named('One')], () => ({ data: { n: ++n } }));
  assert.deepEqual(answers.latest('One'), { data: { n: 3 } });
  assert.equal(answers.latest('Three'), undefined);
});

test('an answer that comes again is the latest again', async () => {
  const answers = new Answers();
  const given = [1, 2, 1];
  await ask(answers, [named('One'), named('One'), named('One')], () => ({ data: given.shift() }));
  assert.deepEqual(answers.latest('One'), { data: 1 });
});

test('twenty answers are kept, and the schema is none', async () => {
  const answers = new Answers();
  await ask(answers, Array.from({ length: 21 }, (_, i) => named(`Q${i}`)));
  await ask(answers, [{ operationName: 'IntrospectionQuery', query: '{a}' }]);
  assert.equal(answers.latest('Q0'), undefined);
  assert.ok(answers.latest('Q1'));
  assert.equal(answers.latest('IntrospectionQuery'), undefined);
});

test('what the fetcher gives, or throws, is what the caller gets', async () => {
  const answer = { data: {} };
  assert.equal(await new Answers().remembering(async () => answer)(named('One')), answer);
  const failing = new Answers().remembering(() => Promise.reject(new Error('no network')));
  await assert.rejects(failing(named('One')), /no network/);
});
