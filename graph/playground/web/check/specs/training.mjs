import { withServers } from '../server.mjs';

const END = 30_000; // the longest training, and the poll after it

// Training displays a training until its end.
export async function training(check) {
  const settings = { HEYGEN_SANDBOX: 'true', SANDBOX_TRAINING_DURATION: '15s', POLL_INTERVAL: '1s' };
  await withServers(async (start) => watchTraining(await start(settings), check));
}

// watchTraining runs the example on a server whose trainings have just started.
export async function watchTraining(serverURL, { openPage, requests, assert, screenshot }) {
  const graphiql = await openPage(serverURL);
  await graphiql.open();
  await graphiql.selectTab('Training');
  const before = requests.length;
  const { request } = await graphiql.execute();
  const { accept } = request.headers();
  assert(`Training requests a stream, ${accept}`, accept === 'text/event-stream');
  const first = statusIn(await graphiql.waitForResponse(/"status"/));
  assert(`Training shows ${first} at once`, first === 'PROCESSING');
  const isRunning = await graphiql.page.getByRole('button', { name: /^Stop query/ }).isVisible();
  assert('and a button that stops it', isRunning);
  await screenshot(graphiql.page, 'training');

  const last = statusIn(await graphiql.waitForResponse(/"(COMPLETED|FAILED)"/, END));
  assert(`then ${last}`, true);
  await graphiql.waitUntilStopped();
  assert('and the button to run it again', true);
  const sent = requests.slice(before).filter((r) => r.url() === request.url());
  assert('all of it is one request', sent.length === 1, sent.map((r) => r.postData()).join('\n'));

  await graphiql.typeVariables('{ "id": "no-such-group" }');
  await graphiql.execute();
  await graphiql.waitUntilStopped();
  const { data, errors } = JSON.parse(await graphiql.content('response'));
  assert('an unknown id is null', data?.avatarGroupChanged === null && !errors, JSON.stringify(errors));
}

const statusIn = (json) => JSON.parse(json).data?.avatarGroupChanged?.status;
