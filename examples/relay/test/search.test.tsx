import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { clickButton, findAlert, getList, getNames, renderApp, searchFor, waitForStatus } from './app';
import { createGate, interceptFetch, type Operation } from './intercept-fetch';
import { searchNames } from './rest-client';

// A search with more than one page, and one with less.
const namesOfA = await searchNames('a');
const namesOfMon = await searchNames('mon');
const allOfA = `${namesOfA.length} of ${namesOfA.length} characters`;
const allOfMon = `${namesOfMon.length} of ${namesOfMon.length} characters`;
const firstOfA = `50 of ${namesOfA.length} characters`;

const searchesOf = (operations: Operation[]) => operations.map(({ variables }) => variables.search ?? null);

test('a search lists its matches, their number, and its next page on a click', async () => {
  const operations = interceptFetch();
  renderApp();
  await waitForStatus('50 characters');
  searchFor('a');
  await waitForStatus(firstOfA);
  expect(getNames()).toEqual(namesOfA.slice(0, 50));
  await clickButton('More');
  await waitForStatus(allOfA);
  expect(getNames()).toEqual(namesOfA);
  expect(screen.queryByText('More')).toBeNull();
  expect(searchesOf(operations)).toEqual([null, 'a', 'a']);
});

test('each search has its own list, and the pages of an earlier one stay in the store', async () => {
  const operations = interceptFetch();
  renderApp();
  await waitForStatus('50 characters');
  const firstPage = getNames();
  await clickButton('More');
  await waitForStatus('100 characters');
  searchFor('a');
  await waitForStatus(firstOfA);
  searchFor('mon');
  await waitForStatus(allOfMon);
  expect(getNames()).toEqual(namesOfMon);
  searchFor('a');
  await waitForStatus(firstOfA);
  await clickButton('More');
  await waitForStatus(allOfA);
  expect(getNames()).toEqual(namesOfA);
  searchFor('');
  await waitForStatus('100 characters');
  expect(getNames().slice(0, 50)).toEqual(firstPage);
  expect(searchesOf(operations)).toEqual([null, null, 'a', 'mon', 'a']);
});

test('typing sends one request, for the text without the white space around it', async () => {
  const operations = interceptFetch();
  renderApp();
  await waitForStatus('50 characters');
  for (const text of ['m', 'mo', 'mon', ' mon ']) searchFor(text);
  await waitForStatus(allOfMon);
  expect(searchesOf(operations)).toEqual([null, 'mon']);
});

test('the list stays while a search loads, without a further page', async () => {
  const gate = createGate();
  const operations = interceptFetch({
    editResponse: async (payload, { variables }) => {
      if (variables.search) await gate.opened;
      return payload;
    },
  });
  renderApp();
  await waitForStatus('50 characters');
  const names = getNames();
  searchFor('mon');
  expect(screen.getByText<HTMLButtonElement>('More').disabled).toBe(true);
  await waitFor(() => expect(operations).toHaveLength(2));
  expect(getNames()).toEqual(names);
  expect(getList().getAttribute('aria-busy')).toBe('true');
  gate.open();
  await waitForStatus(allOfMon);
  expect(getList().getAttribute('aria-busy')).toBe('false');
});

test('a later search aborts the request of an earlier one, whose response is ignored', async () => {
  const gate = createGate();
  let ended = false;
  const operations = interceptFetch({
    editResponse: async (payload, { variables }) => {
      if (variables.search !== 'a') return payload;
      await gate.opened;
      ended = true;
      return payload;
    },
  });
  renderApp();
  await waitForStatus('50 characters');
  searchFor('a');
  await waitFor(() => expect(operations).toHaveLength(2));
  searchFor('mon');
  await waitForStatus(allOfMon);
  expect(operations[1]!.signal!.aborted).toBe(true);
  gate.open();
  await waitUntilProcessed(() => ended);
  expect(getNames()).toEqual(namesOfMon);
});

test('a page of an earlier search leaves the current search unchanged, even if it fails', async () => {
  const gate = createGate();
  let ended = false;
  interceptFetch({
    editResponse: async (payload, { variables }) => {
      if (variables.search !== 'a' || !variables.after) return payload;
      await gate.opened;
      ended = true;
      return { data: { avatarGroups: null }, errors: [{ message: 'HeyGen is unavailable.' }] };
    },
  });
  renderApp();
  await waitForStatus('50 characters');
  searchFor('a');
  await waitForStatus(firstOfA);
  await clickButton('More');
  searchFor('mon');
  await waitForStatus(allOfMon);
  gate.open();
  await waitUntilProcessed(() => ended);
  expect(getNames()).toEqual(namesOfMon);
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a search without matches says so', async () => {
  renderApp();
  await waitForStatus('50 characters');
  searchFor('zzzz');
  await waitForStatus('No characters match.');
  expect(getNames()).toEqual([]);
  expect(screen.queryByText('More')).toBeNull();
});

test('a search that fails shows its error until another search, and the list stays', async () => {
  renderApp();
  await waitForStatus('50 characters');
  const names = getNames();
  searchFor('a b c d e f g h i');
  expect((await findAlert()).textContent).toMatch(/^`search` must have at most/);
  expect(getNames()).toEqual(names);
  expect(getList().getAttribute('aria-busy')).toBe('false');
  searchFor('mon');
  await waitForStatus(allOfMon);
  expect(screen.queryByRole('alert')).toBeNull();
  expect(getNames()).toEqual(namesOfMon);
});

// waitUntilProcessed waits until a response has arrived and the page had time to process it.
async function waitUntilProcessed(hasArrived: () => boolean) {
  await waitFor(() => expect(hasArrived()).toBe(true));
  await new Promise((resolve) => setTimeout(resolve, 50));
}
