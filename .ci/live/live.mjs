// live checks the live updates of a running server with the clients that people use, and its two protocols byte by byte:
//
//	HEYGEN_SANDBOX=true SANDBOX_TRAINING_DURATION=15s POLL_INTERVAL=1s go run ../..
//	node live.mjs http://127.0.0.1:8080
//
// It must start while trainings of the sandbox's catalogue are in progress, which last up to the duration from the start
// of the server. It prints each check, and exits with 1 at the first that fails. It takes at most 60 seconds.
import * as apollo from './clients/apollo.mjs';
import { create as createSSE } from './clients/graphql-sse.mjs';
import { create as createWS } from './clients/graphql-ws.mjs';
import { create as createRelay } from './clients/relay.mjs';
import * as urql from './clients/urql.mjs';
import { eventChecks } from './events.mjs';
import { CHANGES, query } from './server.mjs';
import { socketChecks } from './sockets.mjs';
import { collect, describe, watchTraining } from './watch.mjs';

const LIMIT = 60_000;

const sse = createSSE();
const socket = createWS();
const clients = {
  'graphql-sse': sse,
  'graphql-ws': socket,
  'Apollo Client over graphql-ws': apollo.createOverWebSocket(),
  'Apollo Client over graphql-sse': apollo.createOverSSE(),
  'urql over graphql-ws': urql.createOverWebSocket(),
  'urql over fetch': urql.createOverSSE(),
  'Relay over graphql-ws': createRelay(),
};

let current = 'the groups are listed';
setTimeout(() => fail(new Error(`expected all checks to end within ${LIMIT / 1000} s`)), LIMIT).unref();

function fail(error) {
  console.error(`FAIL  ${current}: ${error.message}`);
  process.exit(1);
}

// start runs all checks at the same time: a training ends once, and a heartbeat takes 12 seconds.
const start = ([claim, run]) => {
  const result = run();
  result.catch(() => {}); // it is reported when its turn comes
  return { claim, result };
};

// trainingChecks returns one check for each client, which watches all trainings that are in progress.
const trainingChecks = (ids, changes) =>
  Object.entries(clients).map(([name, client]) => [
    `${name}: ${ids.length} trainings, each to its end`,
    async () => {
      const watches = await Promise.all(ids.map((id) => watchTraining(client, id)));
      changes.push(...watches.filter(({ changed }) => changed));
      const slowest = Math.max(...watches.map(({ firstAfter }) => firstAfter));
      return `${watches.map(({ statuses }) => statuses.length).join('+')} events, the first after at most ${slowest} ms`;
    },
  ]);

async function unknown(client) {
  const { results } = await collect(client, CHANGES, { id: 'no-such-group' });
  const [first] = results;
  if (results.length !== 1 || first.errors || first.data?.avatarGroupChanged !== null) {
    throw new Error(`expected null, then complete, got ${JSON.stringify(results)}`);
  }
}

async function oneResult(client) {
  const { results } = await collect(client, '{ __typename }', {});
  if (JSON.stringify(results.map(({ data }) => data)) !== '[{"__typename":"Query"}]') {
    throw new Error(`expected one result, got ${JSON.stringify(results)}`);
  }
}

function invalid(client) {
  return new Promise((resolve, reject) => {
    const unexpected = (what) => reject(new Error(`expected an error message, got ${what}`));
    setTimeout(unexpected, 5_000, 'nothing within 5 s').unref();
    client.subscribe('subscription { unknown }', {}, {
      next: (result) => unexpected(JSON.stringify(result)),
      error: (errors) => (Array.isArray(errors) ? resolve(`“${describe(errors)}”`) : unexpected(describe(errors))),
      complete: () => unexpected('complete'),
    });
  });
}

try {
  const { training, all } = await query(`{
    training: avatarGroups(ownership: PRIVATE, filter: { status: [PROCESSING] }, first: 100) { nodes { groupId status } }
    all: avatarGroups(first: 100) { nodes { groupId status } }
  }`);
  const ids = training.nodes.map(({ groupId }) => groupId);
  if (ids.length === 0) throw new Error('expected a group whose status is PROCESSING: start the server again, and this at once');
  // HeyGen reports no status for some groups. They are not in training, but their streams stay open.
  const openGroup = all.nodes.find(({ status }) => status === null)?.groupId;
  if (!openGroup) throw new Error('expected a group whose status is null');

  const changes = [];
  const changed = async () => {
    if (changes.length === 0) throw new Error('expected PROCESSING and then another status in at least one stream');
    return `${changes.length} streams, for example ${changes[0].statuses}`;
  };
  const trainings = trainingChecks(ids, changes).map(start);
  const others = [
    ...[['graphql-sse', sse], ['graphql-ws', socket]].flatMap(([name, client]) => [
      [`${name}: an unknown id is null, then complete`, () => unknown(client)],
      [`${name}: a query is one result, then complete`, () => oneResult(client)],
    ]),
    ['graphql-ws: an invalid document is an error', () => invalid(socket)],
    ...eventChecks(openGroup),
    ...socketChecks(openGroup),
  ].map(start);
  const afterTrainings = Promise.allSettled(trainings.map(({ result }) => result)).then(changed);
  afterTrainings.catch(() => {});
  const checks = [...trainings, { claim: 'a client sees a training end', result: afterTrainings }, ...others];
  for (const { claim, result } of checks) {
    current = claim;
    const detail = await result;
    console.log(`ok    ${claim}${detail ? `: ${detail}` : ''}`);
  }
  for (const client of Object.values(clients)) client.close();
} catch (error) {
  fail(error);
}
