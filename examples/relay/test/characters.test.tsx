import { screen, waitFor } from '@testing-library/react';
import { ConnectionHandler, type RecordProxy } from 'relay-runtime';
import { expect, test } from 'vitest';
import { complaints } from './console-errors';
import { alert, names, open, press, shows } from './app';
import { groupIds, groups } from './rest-client';
import { hold, wire } from './intercept-fetch';

// It names a place around which nothing stands any more, as do cursors of characters that are gone.
const EXPIRED = 'FBfTfAcABCg7ud7v_tn8Zm4MkbBkxS9m6A';

test('the list is read to its end, in the order of HeyGen, with one request for each fifty', async () => {
  const expected = await groups();
  const sent = wire();
  const environment = open();
  for (let shown = 50; shown < expected.length; shown += 50) {
    await shows(`${shown} characters`);
    await press('More');
  }
  await shows(`${expected.length} characters, all of them`);
  expect(screen.queryByText('More')).toBeNull();
  expect(sent.length).toBe(Math.ceil(expected.length / 50));

  let ids: string[] = [];
  environment.commitUpdate((store) => {
    const connection = ConnectionHandler.getConnection(store.getRoot(), 'Characters_avatarGroups')!;
    ids = connection.getLinkedRecords('edges')!.map((edge: RecordProxy) => edge.getLinkedRecord('node')!.getDataID());
  });
  expect(await groupIds(ids)).toEqual(expected.map(({ id }) => id));
  expect(new Set(ids).size).toBe(expected.length);
  expect(names()).toEqual(expected.map(({ name }) => name));
});

test('a page under way cannot be asked for twice', async () => {
  const { held, letGo } = hold();
  const sent = wire({
    answer: async (answer, { variables }) => {
      if (variables.after) await held;
      return answer;
    },
  });
  open();
  await shows('50 characters');
  await press('More');
  const more = screen.getByText<HTMLButtonElement>('More');
  await waitFor(() => expect(more.disabled).toBe(true));
  letGo();
  await shows('100 characters');
  expect(more.disabled).toBe(false);
  expect(sent).toHaveLength(2);
});

test('a cursor that has expired starts the list again from its beginning', async () => {
  let broken = false;
  const sent = wire({
    request: (operation) => {
      if (!operation.variables.after || broken) return operation;
      broken = true;
      return { ...operation, variables: { ...operation.variables, after: EXPIRED } };
    },
  });
  open();
  await shows('50 characters');
  const first = names();
  await press('More');
  await shows('50 characters');
  await press('More');
  await shows('100 characters');
  expect(names().slice(0, 50)).toEqual(first);
  expect(screen.queryByRole('alert')).toBeNull();
  expect(sent.map(({ variables }) => Boolean(variables.after))).toEqual([false, true, false, true]);
});

test('a page that fails is told, and what was read stays', async () => {
  let broken = false;
  wire({
    request: (operation) => {
      if (!operation.variables.after || broken) return operation;
      broken = true;
      return { ...operation, variables: { ...operation.variables, after: 'not a cursor' } };
    },
  });
  open();
  await shows('50 characters');
  await press('More');
  expect((await alert()).textContent).toMatch(/`after` cannot be used/);
  await shows('50 characters');
  await press('More');
  await shows('100 characters');
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a server that cannot be reached is told', async () => {
  open('http://127.0.0.1:9/graphql'); // the port at which nobody answers
  expect((await alert()).textContent).toBe('http://127.0.0.1:9/graphql cannot be reached.');
  expect(String(complaints.splice(0))).toMatch(/^Error: connect ECONNREFUSED 127\.0\.0\.1:9$/);
});

test('a list that failed is asked for again on demand', async () => {
  const sent = wire({
    request: (operation) => {
      if (sent.length === 1) throw new TypeError('nobody listens');
      return operation;
    },
  });
  open();
  expect((await alert()).textContent).toMatch(/cannot be reached/);
  await press('Try again');
  await shows('50 characters');
});
