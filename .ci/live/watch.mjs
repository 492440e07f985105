import { CHANGES } from './server.mjs';

const FINAL = ['COMPLETED', 'FAILED'];
const FIRST_EVENT = 5_000; // a call to HeyGen at most
const END = 40_000; // the longest training, and the poll after it

// collect runs an operation with a client until it completes. It returns its results and the time until the first one.
export function collect(client, document, variables, { first = FIRST_EVENT, end = END } = {}) {
  return new Promise((resolve, reject) => {
    const startedAt = Date.now();
    const results = [];
    let firstAfter;
    const fail = (message) => {
      clearTimeout(firstTimer);
      clearTimeout(endTimer);
      reject(new Error(`${message}; results: ${JSON.stringify(results)}`));
    };
    const firstTimer = setTimeout(() => fail(`expected a result within ${first} ms`), first);
    const endTimer = setTimeout(() => fail(`expected complete within ${end} ms`), end);
    client.subscribe(document, variables, {
      next(result) {
        clearTimeout(firstTimer);
        firstAfter ??= Date.now() - startedAt;
        results.push(result);
      },
      error: (error) => fail(`expected results, got the error ${describe(error)}`),
      complete() {
        clearTimeout(firstTimer);
        clearTimeout(endTimer);
        resolve({ results, firstAfter });
      },
    });
  });
}

// describe returns the message of what a client reports: an Error, the errors of a response, or a close event.
export function describe(error) {
  if (Array.isArray(error)) return error.map(({ message }) => message).join('; ');
  return error?.message || (error?.code ? `close ${error.code} ${error.reason}` : String(error));
}

// watchTraining subscribes to a group until its training ends. It returns the statuses of the events.
export async function watchTraining(client, id) {
  const { results, firstAfter } = await collect(client, CHANGES, { id });
  const groups = results.map(({ data }) => data?.avatarGroupChanged);
  const statuses = groups.map((group) => group?.status);
  const events = `events of group ${id}: ${JSON.stringify(groups)}`;
  if (groups.length === 0) throw new Error(`expected at least one event before complete, got none for group ${id}`);
  if (groups.some((group) => group?.groupId !== id)) throw new Error(`expected this group in each event, got ${events}`);
  if (!FINAL.includes(statuses.at(-1))) throw new Error(`expected ${FINAL.join(' or ')} in the last event, got ${events}`);
  if (statuses.slice(0, -1).some((status) => status !== 'PROCESSING')) {
    throw new Error(`expected PROCESSING in each event before the last one, got ${events}`);
  }
  const changes = groups.map((group) => JSON.stringify(group));
  if (changes.some((change, i) => change === changes[i - 1])) throw new Error(`expected a change in each event, got ${events}`);
  return { statuses, firstAfter, changed: statuses.includes('PROCESSING') };
}
