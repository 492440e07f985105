import { render, screen, waitFor } from '@testing-library/react';
import { Suspense, useEffect } from 'react';
import { RelayEnvironmentProvider, useQueryLoader } from 'react-relay';
import { expect, onTestFinished, test } from 'vitest';
import type { CharacterQuery } from '../src/__generated__/CharacterQuery.graphql';
import { Character, characterQuery } from '../src/Character';
import { createEnvironment } from '../src/environment';
import { endpoint } from './app';

// stubTraining replaces the status of the character in the server's responses, and its subscription: the trainings of the
// sandbox end while other tests run. send sends a result with the next status.
function stubTraining(status: string) {
  let id: string;
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({ start: (c) => void (controller = c) });
  const variables: unknown[] = [];
  const realFetch = globalThis.fetch;
  globalThis.fetch = async (url, init) => {
    const operation = JSON.parse(String(init!.body));
    if (operation.operationName === 'TrainingSubscription') {
      variables.push(operation.variables);
      return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
    }
    const result: any = await (await realFetch(url, init)).json();
    result.data.avatarGroup.status = status;
    id = result.data.avatarGroup.id;
    return Response.json(result);
  };
  onTestFinished(() => {
    globalThis.fetch = realFetch;
  });
  const send = (next: string) => {
    const avatarGroupChanged = { id, status: next, looksCount: 3, previewImageUrl: null };
    const event = `event: next\ndata: ${JSON.stringify({ data: { avatarGroupChanged } })}\n\n`;
    controller.enqueue(new TextEncoder().encode(event));
  };
  return { send, variables, id: () => id };
}

function Loader() {
  const [queryRef, load] = useQueryLoader<CharacterQuery>(characterQuery);
  useEffect(() => load({ id: 'group_monica' }), [load]);
  return queryRef && <Character queryRef={queryRef} />;
}

const renderCharacter = () =>
  render(
    <RelayEnvironmentProvider environment={createEnvironment(endpoint)}>
      <Suspense>
        <Loader />
      </Suspense>
    </RelayEnvironmentProvider>,
  );

test('the changes of a training are shown until it ends', async () => {
  const training = stubTraining('PENDING_CONSENT');
  renderCharacter();
  await screen.findByText('Status: PENDING_CONSENT');
  await waitFor(() => expect(training.variables).toEqual([{ id: training.id() }]));
  training.send('PROCESSING');
  await screen.findByText('Status: PROCESSING');
  training.send('COMPLETED');
  await screen.findByText('Status: COMPLETED');
  expect(training.variables).toHaveLength(1);
});

test('a character that is not in training has no subscription', async () => {
  const training = stubTraining('COMPLETED');
  renderCharacter();
  await screen.findByText('Status: COMPLETED');
  expect(training.variables).toEqual([]);
});
