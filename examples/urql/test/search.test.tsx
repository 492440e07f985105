import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { getList, listedIds, loadMore, renderApp, searchFor, waitForStatus } from './app';
import { interceptFetch } from './intercept-fetch';
import { searchGroupIds } from './rest-client';

// A search with more than one page, and one with less.
const idsOfA = await searchGroupIds('a');
const idsOfMon = await searchGroupIds('mon');
const allOfA = `${idsOfA.length} of ${idsOfA.length} characters`;
const allOfMon = `${idsOfMon.length} of ${idsOfMon.length} characters`;
const firstOfA = `50 of ${idsOfA.length} characters`;

let server: ReturnType<typeof interceptFetch>;

beforeEach(() => {
  server = interceptFetch();
  vi.spyOn(console, 'error');
  vi.spyOn(console, 'warn');
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  // Graphcache warns there about types without a key, unknown fields, and fields missing from a response.
  expect(console.error).not.toHaveBeenCalled();
  expect(console.warn).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

// holdNext holds the next request back until the returned function is called, which can edit its variables.
function holdNext() {
  let release = (_variables: object = {}) => {};
  server.editNext(
    (request) =>
      new Promise((resolve) => {
        release = (edits = {}) => resolve({ ...request, variables: { ...request.variables, ...edits } });
      }),
  );
  return (edits?: object) => release(edits);
}

const waitForRequests = (count: number) => waitFor(() => expect(server.requests).toHaveLength(count));

// waitUntilIdle waits until every request has ended and the page had time to process its response.
async function waitUntilIdle() {
  await waitFor(() => expect(server.endedCount).toBe(server.requests.length));
  await new Promise((resolve) => setTimeout(resolve, 50));
}

test('a search lists its matches, their number, and its next page on a click', async () => {
  renderApp();
  await waitForStatus('50 characters');
  searchFor('a');
  await waitForStatus(firstOfA);
  expect(listedIds()).toEqual(idsOfA.slice(0, 50));
  loadMore();
  await waitForStatus(allOfA);
  expect(listedIds()).toEqual(idsOfA);
  expect(screen.queryByText('More')).toBeNull();
  expect(server.requests.map(({ variables }) => variables.search)).toEqual([undefined, 'a', 'a']);
});

test('each search has its own list, and the pages of an earlier one stay cached', async () => {
  renderApp();
  await waitForStatus('50 characters');
  const firstPage = listedIds();
  searchFor('a');
  await waitForStatus(firstOfA);
  loadMore();
  await waitForStatus(allOfA);
  searchFor('mon');
  await waitForStatus(allOfMon);
  expect(listedIds()).toEqual(idsOfMon);
  await waitForRequests(4);
  searchFor('a');
  await waitForStatus(allOfA);
  expect(listedIds()).toEqual(idsOfA);
  searchFor('');
  await waitForStatus('50 characters');
  expect(listedIds()).toEqual(firstPage);
  expect(server.requests).toHaveLength(4);
});

test('typing sends one request, for the text without the white space around it', async () => {
  renderApp();
  await waitForStatus('50 characters');
  for (const text of ['m', 'mo', 'mon', ' mon ']) searchFor(text);
  await waitForStatus(allOfMon);
  expect(server.requests.slice(1).map(({ variables }) => variables.search)).toEqual(['mon']);
});

test('the list stays while a search loads, without a further page', async () => {
  renderApp();
  await waitForStatus('50 characters');
  const ids = listedIds();
  const release = holdNext();
  searchFor('mon');
  expect((screen.getByText('More') as HTMLButtonElement).disabled).toBe(true);
  await waitForRequests(2);
  expect(listedIds()).toEqual(ids);
  expect(getList().getAttribute('aria-busy')).toBe('true');
  release();
  await waitForStatus(allOfMon);
  expect(getList().getAttribute('aria-busy')).toBe('false');
});

test('a response that arrives after that of a later search is ignored', async () => {
  renderApp();
  await waitForStatus('50 characters');
  const release = holdNext();
  searchFor('a');
  await waitForRequests(2);
  searchFor('mon');
  await waitForStatus(allOfMon);
  release();
  await waitUntilIdle();
  expect(listedIds()).toEqual(idsOfMon);
});

test('a page of an earlier search leaves the current search unchanged, even if it fails', async () => {
  renderApp();
  await waitForStatus('50 characters');
  for (const edits of [{ after: 'nonsense' }, {}]) {
    searchFor('a');
    await waitForStatus(firstOfA);
    const release = holdNext();
    const before = server.requests.length;
    loadMore();
    await waitForRequests(before + 1);
    searchFor('mon');
    await waitForStatus(allOfMon);
    release(edits);
    await waitUntilIdle();
    expect(listedIds()).toEqual(idsOfMon);
    expect(screen.queryByRole('alert')).toBeNull();
  }
});

test('a search without matches says so', async () => {
  renderApp();
  await waitForStatus('50 characters');
  searchFor('zzzz');
  await waitForStatus('No characters match.');
  expect(listedIds()).toEqual([]);
  expect(screen.queryByText('More')).toBeNull();
});

test('a search that fails shows its error, until another search', async () => {
  renderApp();
  await waitForStatus('50 characters');
  searchFor('a b c d e f g h i');
  expect((await screen.findByRole('alert')).textContent).toMatch(/^`search` must have at most/);
  searchFor('mon');
  await waitForStatus(allOfMon);
  expect(screen.queryByRole('alert')).toBeNull();
  expect(listedIds()).toEqual(idsOfMon);
});
