import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { clickButton, getList, getNames, renderApp, selectCharacter, waitForStatus } from './app';
import { createGate, interceptFetch, type Operation } from './intercept-fetch';

const isRefresh = ({ query }: Operation) => query.startsWith('query RefreshQuery');

test('a character shows its status, its voice and three looks', async () => {
  renderApp();
  await waitForStatus('50 characters');
  const section = await selectCharacter('Monica');
  expect(within(section).getByRole('heading').textContent).toBe('Monica');
  expect(section.textContent).toContain('Status: COMPLETED');
  expect(section.textContent).toContain('Voice: Monica – Calm');
  expect(section.textContent).toContain('Monica, office: READY');
  expect(within(section).getAllByRole('listitem')).toHaveLength(3);
});

test('a refresh sends one request, for that character only, and updates the list', async () => {
  // The sandbox never renames a character, so the test edits the name and the status in the response.
  const operations = interceptFetch({
    editResponse: (payload, operation) => {
      if (!isRefresh(operation)) return payload;
      const changes = { name: `Monica ${operations.filter(isRefresh).length}`, status: 'FAILED' };
      return { data: { node: { ...payload.data.node, ...changes } } };
    },
  });
  const environment = renderApp();
  await waitForStatus('50 characters');
  const section = await selectCharacter('Monica');
  const before = operations.length;
  for (const n of [1, 2]) {
    await clickButton('Refresh');
    await within(section).findByRole('heading', { name: `Monica ${n}` });
    await within(getList()).findByText(`Monica ${n}`);
    expect(getNames().filter((name) => name?.startsWith('Monica'))).toEqual([`Monica ${n}`]);
    expect(section.textContent).toContain('Status: FAILED');
    expect(operations.length).toBe(before + n);
  }
  const { query, variables } = operations.at(-1)!;
  expect(query).toContain('node(id: $id)');
  const record = environment.getStore().getSource().get(variables.id as string);
  expect(record).toMatchObject({ __typename: 'AvatarGroup', name: 'Monica 2' });
});

test('the refresh button is disabled while a refresh is in flight, and the details stay', async () => {
  const gate = createGate();
  const operations = interceptFetch({
    editResponse: async (payload, operation) => {
      if (isRefresh(operation)) await gate.opened;
      return payload;
    },
  });
  renderApp();
  await waitForStatus('50 characters');
  const section = await selectCharacter('Monica');
  await clickButton('Refresh');
  const button = within(section).getByText<HTMLButtonElement>('Refresh');
  await waitFor(() => expect(button.disabled).toBe(true));
  expect(within(section).getByRole('heading').textContent).toBe('Monica');
  gate.open();
  await waitFor(() => expect(button.disabled).toBe(false));
  expect(operations.filter(isRefresh)).toHaveLength(1);
});

test('a failed field shows its error, and the other fields stay', async () => {
  interceptFetch({
    editResponse: (payload, { query }) => {
      if (!query.startsWith('query CharacterQuery')) return payload;
      payload.data.avatarGroup.defaultVoice = null;
      return { ...payload, errors: [{ message: 'The voice is unavailable.', path: ['avatarGroup', 'defaultVoice'] }] };
    },
  });
  renderApp();
  await waitForStatus('50 characters');
  const section = await selectCharacter('Monica');
  expect(within(section).getByRole('alert').textContent).toBe('The voice is unavailable.');
  expect(section.textContent).toContain('Monica, office: READY');
});

test('a failed refresh shows its error, and the details stay', async () => {
  interceptFetch({
    editResponse: (payload, operation) => {
      if (!isRefresh(operation)) return payload;
      return { data: { node: null }, errors: [{ message: 'HeyGen is unavailable.', path: ['node'] }] };
    },
  });
  renderApp();
  await waitForStatus('50 characters');
  const section = await selectCharacter('Monica');
  await clickButton('Refresh');
  expect((await within(section).findByRole('alert')).textContent).toBe('HeyGen is unavailable.');
  expect(within(section).getByRole('heading').textContent).toBe('Monica');
  await clickButton('Dismiss');
  expect(screen.queryByRole('alert')).toBeNull();
  within(section).getByText('Refresh');
});
