import { screen, waitFor } from '@testing-library/react';
import { ConnectionHandler, type RecordProxy } from 'relay-runtime';
import { expect, test } from 'vitest';
import { clickButton, findAlert, getNames, renderApp, waitForStatus } from './app';
import { consoleErrors } from './console-errors';
import { createGate, interceptFetch } from './intercept-fetch';
import { fetchGroups, toGroupIds } from './rest-client';

// A cursor whose position no longer exists, like that of a deleted character.
const EXPIRED_CURSOR = 'FBfTfAcABCg7ud7v_tn8Zm4MkbBkxS9m6A';

test('the list loads every character in HeyGen’s order, with one request per fifty', async () => {
  const expected = await fetchGroups();
  const operations = interceptFetch();
  const environment = renderApp();
  for (let count = 50; count < expected.length; count += 50) {
    await waitForStatus(`${count} characters`);
    await clickButton('More');
  }
  await waitForStatus(`${expected.length} characters, all of them`);
  expect(screen.queryByText('More')).toBeNull();
  expect(operations.length).toBe(Math.ceil(expected.length / 50));

  let ids: string[] = [];
  environment.commitUpdate((store) => {
    const connection = ConnectionHandler.getConnection(store.getRoot(), 'Characters_avatarGroups')!;
    ids = connection.getLinkedRecords('edges')!.map((edge: RecordProxy) => edge.getLinkedRecord('node')!.getDataID());
  });
  expect(await toGroupIds(ids)).toEqual(expected.map(({ id }) => id));
  expect(new Set(ids).size).toBe(expected.length);
  expect(getNames()).toEqual(expected.map(({ name }) => name));
});

test('the “More” button is disabled while a page is in flight', async () => {
  const gate = createGate();
  const operations = interceptFetch({
    editResponse: async (payload, { variables }) => {
      if (variables.after) await gate.opened;
      return payload;
    },
  });
  renderApp();
  await waitForStatus('50 characters');
  await clickButton('More');
  const more = screen.getByText<HTMLButtonElement>('More');
  await waitFor(() => expect(more.disabled).toBe(true));
  gate.open();
  await waitForStatus('100 characters');
  expect(more.disabled).toBe(false);
  expect(operations).toHaveLength(2);
});

test('an expired cursor restarts the list from the first page', async () => {
  let edited = false;
  const operations = interceptFetch({
    editRequest: (operation) => {
      if (!operation.variables.after || edited) return operation;
      edited = true;
      return { ...operation, variables: { ...operation.variables, after: EXPIRED_CURSOR } };
    },
  });
  renderApp();
  await waitForStatus('50 characters');
  const firstPage = getNames();
  await clickButton('More');
  await waitForStatus('50 characters');
  await clickButton('More');
  await waitForStatus('100 characters');
  expect(getNames().slice(0, 50)).toEqual(firstPage);
  expect(screen.queryByRole('alert')).toBeNull();
  expect(operations.map(({ variables }) => Boolean(variables.after))).toEqual([false, true, false, true]);
});

test('a failed page shows its error, and the loaded pages stay', async () => {
  let edited = false;
  interceptFetch({
    editRequest: (operation) => {
      if (!operation.variables.after || edited) return operation;
      edited = true;
      return { ...operation, variables: { ...operation.variables, after: 'not a cursor' } };
    },
  });
  renderApp();
  await waitForStatus('50 characters');
  await clickButton('More');
  expect((await findAlert()).textContent).toMatch(/`after` cannot be used/);
  await waitForStatus('50 characters');
  await clickButton('More');
  await waitForStatus('100 characters');
  expect(screen.queryByRole('alert')).toBeNull();
});

test('an unreachable server shows an error', async () => {
  renderApp('http://127.0.0.1:9/graphql'); // nothing listens on the discard port
  expect((await findAlert()).textContent).toBe('Cannot reach http://127.0.0.1:9/graphql.');
  expect(String(consoleErrors.splice(0))).toMatch(/^Error: connect ECONNREFUSED 127\.0\.0\.1:9$/);
});

test('“Try again” reloads a list that failed', async () => {
  const operations = interceptFetch({
    editRequest: (operation) => {
      if (operations.length === 1) throw new TypeError('fetch failed');
      return operation;
    },
  });
  renderApp();
  expect((await findAlert()).textContent).toMatch(/^Cannot reach/);
  await clickButton('Try again');
  await waitForStatus('50 characters');
});
