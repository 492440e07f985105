import { createServer } from 'node:net';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { getList, listedIds, loadMore, renderApp, waitForStatus } from './app';
import { EXPIRED_CURSOR, LOOK_ID } from './fixtures';
import { type GraphQLRequest, interceptFetch } from './intercept-fetch';
import { listGroupIds } from './rest-client';

let server: ReturnType<typeof interceptFetch>;

beforeEach(() => {
  server = interceptFetch();
  vi.spyOn(console, 'error');
  vi.spyOn(console, 'warn');
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  // Apollo warns there about documents, policies, and fields missing from a response.
  expect(console.error).not.toHaveBeenCalled();
  expect(console.warn).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

const withAfter = (after: string) => (request: GraphQLRequest) => ({
  ...request,
  variables: { ...request.variables, after },
});

async function selectCharacter(groupId: string) {
  fireEvent.click(within(getList()).getByTitle(groupId));
  const section = await screen.findByRole('region', { name: 'Character' });
  await waitUntilIdle(section);
  return section;
}

async function refresh(section: HTMLElement) {
  fireEvent.click(within(section).getByText('Refresh'));
  await waitUntilIdle(section);
}

const waitUntilIdle = (section: HTMLElement) =>
  waitFor(() => {
    expect(server.endedCount).toBe(server.requests.length);
    expect(section.getAttribute('aria-busy')).toBe('false');
  });

test('the list loads every character once, in HeyGen’s order, with one request per page', async () => {
  const ids = await listExpectedIds();
  renderApp();
  for (let n = 50; n < ids.length; n += 50) {
    await waitForStatus(`${n} characters`);
    loadMore();
  }
  await waitForStatus(`${ids.length} characters, all of them`);
  expect(listedIds()).toEqual(ids);
  expect(screen.queryByText('More')).toBeNull();
  expect(server.requests).toHaveLength(Math.ceil(ids.length / 50));
});

test('a refresh refetches one character and updates it in the list', async () => {
  renderApp();
  await waitForStatus('50 characters');
  const section = await selectCharacter('group_monica');
  expect(within(section).getByRole('heading').textContent).toBe('Monica');
  expect(section.textContent).toMatch(/Status: COMPLETED.*Voice: Monica – Calm/);
  expect(within(section).getAllByRole('listitem').map((look) => look.textContent)).toEqual([
    'Monica, office: READY',
    'Monica, sofa: READY',
    expect.stringMatching(/^Monica, street: (NOT_)?READY$/),
  ]);
  expect(server.requests).toHaveLength(2);

  // Simulates a change of the name: the response has the id in its place.
  server.editNext((request) => ({ ...request, query: request.query.replace(/\bname\b/, 'name: groupId') }));
  await refresh(section);
  expect(within(section).getByRole('heading').textContent).toBe('group_monica');
  expect(within(getList()).getByTitle('group_monica').textContent).toBe('group_monica');
  expect(server.requests).toHaveLength(3);
  expect(server.requests[2]).toMatchObject({ operationName: 'Character', variables: server.requests[1]!.variables });
});

test('a selected character shows its name before the server responds', async () => {
  renderApp();
  await waitForStatus('50 characters');
  fireEvent.click(within(getList()).getByTitle('group_monica'));
  expect(within(screen.getByRole('region')).getByRole('heading').textContent).toBe('Monica');
  expect(screen.getByRole('region').textContent).not.toContain('Status');
  await waitFor(() => expect(screen.getByRole('region').textContent).toContain('Status'));
});

test('a page is requested once, however often More is clicked while it loads', async () => {
  renderApp();
  await waitForStatus('50 characters');
  let release = () => {};
  server.editNext((request) => new Promise((resolve) => (release = () => resolve(request))));
  loadMore();
  loadMore();
  await waitFor(() => expect((screen.getByText('More') as HTMLButtonElement).disabled).toBe(true));
  release();
  await waitForStatus('100 characters');
  expect((screen.getByText('More') as HTMLButtonElement).disabled).toBe(false);
  expect(server.requests).toHaveLength(2);
});

test('an expired cursor restarts the list from the first page', async () => {
  renderApp();
  await waitForStatus('50 characters');
  const firstPage = listedIds();
  loadMore();
  await waitForStatus('100 characters');
  const firstTwoPages = listedIds();
  server.editNext(withAfter(EXPIRED_CURSOR));
  loadMore();
  await waitForStatus('50 characters');
  expect(listedIds()).toEqual(firstPage);
  expect(screen.queryByRole('alert')).toBeNull();
  loadMore();
  await waitForStatus('100 characters');
  expect(listedIds()).toEqual(firstTwoPages);
  expect(server.requests).toHaveLength(5);
});

test('an invalid cursor shows an error, and the list can still load more', async () => {
  renderApp();
  await waitForStatus('50 characters');
  server.editNext(withAfter('nonsense'));
  loadMore();
  expect((await screen.findByRole('alert')).textContent).toMatch(/^`after` cannot be used/);
  await waitForStatus('50 characters');
  loadMore();
  await waitForStatus('100 characters');
  expect(screen.queryByRole('alert')).toBeNull();
  expect(new Set(listedIds()).size).toBe(100);
});

test('a field that fails leaves the other fields on the screen', async () => {
  renderApp();
  await waitForStatus('50 characters');
  server.editNext((request) => ({
    ...request,
    query: request.query.replace('looks(first: 3)', 'looks(first: 3000)'),
  }));
  const section = await selectCharacter('group_monica');
  expect(within(section).getByRole('alert').textContent).toMatch(/`first`/);
  expect(section.textContent).toMatch(/Status: COMPLETED.*Voice: Monica – Calm/);
  expect(listedIds()).toHaveLength(50);
  expect(server.requests).toHaveLength(2);
});

test('a character stays when its refresh fails twice', async () => {
  renderApp();
  await waitForStatus('50 characters');
  const section = await selectCharacter('group_monica');
  const before = section.textContent;
  for (let i = 0; i < 2; i++) {
    server.editNext((request) => ({ ...request, variables: { id: LOOK_ID } }));
    await refresh(section);
    expect(within(section).getByRole('alert').textContent).toMatch(/^`id` cannot be used/);
    expect(section.textContent).toContain(before!.replace('Refresh', ''));
  }
  await refresh(section);
  expect(section.textContent).toBe(before);
});

test('a character whose refresh failed is complete when it is selected again', async () => {
  renderApp();
  await waitForStatus('50 characters');
  const section = await selectCharacter('group_monica');
  const before = section.textContent;
  server.editNext((request) => ({ ...request, variables: { id: LOOK_ID } }));
  await refresh(section);
  expect(within(section).queryByRole('alert')).not.toBeNull();
  await selectCharacter(listedIds()[1]!);
  expect((await selectCharacter('group_monica')).textContent).toBe(before);
});

test('a list stays when its restart fails', async () => {
  renderApp();
  await waitForStatus('50 characters');
  const ids = listedIds();
  server.editNext(withAfter(EXPIRED_CURSOR));
  server.editNext(withAfter('nonsense'));
  loadMore();
  expect(await screen.findByText(/^`after` cannot be used/)).toBeDefined();
  expect(listedIds()).toEqual(ids);
});

test('a list whose first page fails shows an error and no More button', async () => {
  server.editNext((request) => ({ ...request, variables: { first: 3000 } }));
  renderApp();
  expect((await screen.findByRole('alert')).textContent).toMatch(/`first`/);
  await waitForStatus('0 characters');
  expect(screen.queryByText('More')).toBeNull();
});

test('an unreachable server shows an error', async () => {
  renderApp(await unreachableEndpoint());
  expect((await screen.findByRole('alert')).textContent).not.toBe('');
  expect(screen.getByRole('heading').textContent).toBe('Characters');
});

test('a network error while paging removes nothing from the list', async () => {
  renderApp();
  await waitForStatus('50 characters');
  server.editNext(() => {
    throw new TypeError('network error');
  });
  loadMore();
  expect((await screen.findByRole('alert')).textContent).toBe('network error');
  await waitForStatus('50 characters');
  loadMore();
  await waitForStatus('100 characters');
});

// listExpectedIds does not record its own requests.
async function listExpectedIds() {
  vi.unstubAllGlobals();
  const ids = await listGroupIds();
  server = interceptFetch();
  return ids;
}

// unreachableEndpoint returns the URL of a port that was just closed.
async function unreachableEndpoint() {
  const socket = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => socket.once('listening', resolve));
  const { port } = socket.address() as { port: number };
  await new Promise((resolve) => socket.close(resolve));
  return `http://127.0.0.1:${port}/graphql`;
}
