import { CHANGES, url } from './server.mjs';

const HEARTBEAT = 15_000;
const LIMIT = 10_000;

// open sends a document and returns the response. Its body can be read for as long as the limit allows.
async function open(body, limit, accept = 'text/event-stream') {
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: accept },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(limit),
  });
}

function expectEventStream(response) {
  const type = response.headers.get('Content-Type') ?? '';
  if (response.status !== 200 || !/^text\/event-stream(;|$)/.test(type)) {
    throw new Error(`expected status 200 and text/event-stream, got ${response.status} ${type}`);
  }
  return type;
}

async function* lines(response) {
  let rest = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop();
    yield* parts;
  }
}

// A comment before the first event sends the header. Each one after that is a heartbeat.
async function heartbeat(openGroup) {
  const response = await open({ query: CHANGES, variables: { id: openGroup } }, HEARTBEAT + LIMIT);
  const type = expectEventStream(response);
  let silentSince;
  for await (const line of lines(response)) {
    if (line.startsWith('data:')) silentSince = Date.now();
    if (line.startsWith(':') && silentSince) {
      const seconds = (Date.now() - silentSince) / 1000;
      if (seconds * 1000 > HEARTBEAT) throw new Error(`expected a comment within 15 s, got it after ${seconds} s`);
      return `${type}, a comment after ${seconds.toFixed(1)} s`;
    }
  }
  throw new Error(`expected a comment within 15 s, the stream of group ${openGroup} ended without`);
}

// A GET request with the same media type is what EventSource sends.
async function byGET() {
  const target = new URL(url);
  target.searchParams.set('query', '{ __typename }');
  const response = await fetch(target, { headers: { Accept: 'text/event-stream' }, signal: AbortSignal.timeout(LIMIT) });
  expectEventStream(response);
  const body = (await response.text()).replace(/^:.*\n\n/gm, '');
  if (!/^event: next\ndata: ?\{"data":\{"__typename":"Query"\}\}\n\nevent: complete\ndata:/.test(body)) {
    throw new Error(`expected the events next and complete, got ${JSON.stringify(body)}`);
  }
}

// The errors of a document that is not executed are in the events of the stream, or in a response of status 400.
async function invalid() {
  const response = await open({ query: 'subscription { unknown }' }, LIMIT);
  const body = await response.text();
  if (!/"errors":\s?\[\{/.test(body)) throw new Error(`expected errors, got ${response.status} ${JSON.stringify(body)}`);
  if (response.status !== 400) expectEventStream(response);
  return `status ${response.status}`;
}

// urql accepts every media type of GraphQL for a query, and names JSON first. A stream could not be cached.
async function queryOfURQL() {
  const accept = 'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed';
  const response = await open({ query: '{ __typename }' }, LIMIT, accept);
  const type = response.headers.get('Content-Type') ?? '';
  if (!/^application\/(graphql-response\+)?json/.test(type)) throw new Error(`expected JSON, got ${response.status} ${type}`);
  await response.body.cancel();
  return type;
}

// eventChecks returns the checks of the protocol of Server-Sent Events. openGroup is the id of a group whose stream stays
// open.
export const eventChecks = (openGroup) => [
  ['a stream is text/event-stream with a heartbeat', () => heartbeat(openGroup)],
  ['a query by GET is one next event, then complete', byGET],
  ['an invalid document has errors over SSE', invalid],
  ['a query of a client that accepts JSON and streams alike is JSON', queryOfURQL],
];
