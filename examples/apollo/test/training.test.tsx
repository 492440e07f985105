import { ApolloProvider } from '@apollo/client/react';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { Character } from '../src/Character';
import { createClient } from '../src/client';
import { endpoint } from './fixtures';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const MONICA_ID = 'QXZhdGFyR3JvdXA6Z3JvdXBfbW9uaWNh';

const subscriptions: string[] = [];

// stubTraining replaces the status of the character in the server's responses, and its subscription: the trainings of the
// sandbox end while other tests run. The returned function sends a result with the next status.
function stubTraining(status: string) {
  subscriptions.length = 0;
  let id: string;
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({ start: (c) => void (controller = c) });
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (String(init.body).includes('subscription Training')) {
      subscriptions.push(new Headers(init.headers).get('accept')!);
      return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
    }
    const result = (await (await fetch(url, init)).json()) as any;
    result.data.avatarGroup.status = status;
    id = result.data.avatarGroup.id;
    return Response.json(result);
  });
  return (next: string) => {
    const avatarGroupChanged = { __typename: 'AvatarGroup', id, status: next, looksCount: 3, previewImageUrl: null };
    const event = `event: next\ndata: ${JSON.stringify({ data: { avatarGroupChanged } })}\n\n`;
    controller.enqueue(new TextEncoder().encode(event));
  };
}

const renderCharacter = () =>
  render(
    <ApolloProvider client={createClient(endpoint)}>
      <Character id={MONICA_ID} />
    </ApolloProvider>,
  );

test('the changes of a training are shown until it ends', async () => {
  const send = stubTraining('PENDING_CONSENT');
  renderCharacter();
  await screen.findByText('Status: PENDING_CONSENT');
  await vi.waitFor(() => expect(subscriptions).toHaveLength(1));
  expect(subscriptions[0]).toMatch(/^text\/event-stream/);
  send('PROCESSING');
  await screen.findByText('Status: PROCESSING');
  send('COMPLETED');
  await screen.findByText('Status: COMPLETED');
  expect(subscriptions).toHaveLength(1);
});

test('a character that is not in training has no subscription', async () => {
  stubTraining('COMPLETED');
  renderCharacter();
  await screen.findByText('Status: COMPLETED');
  expect(subscriptions).toHaveLength(0);
});
