import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { choose, list, names, open, press, shows } from './app';
import { hold, wire, type Sent } from './intercept-fetch';

const isRefresh = ({ query }: Sent) => query.startsWith('query RefreshQuery');

test('a character shows its status, its voice and three looks', async () => {
  open();
  await shows('50 characters');
  const section = await choose('Monica');
  expect(within(section).getByRole('heading').textContent).toBe('Monica');
  expect(section.textContent).toContain('Status: COMPLETED');
  expect(section.textContent).toContain('Voice: Monica – Calm');
  expect(section.textContent).toContain('Monica, office: READY');
  expect(within(section).getAllByRole('listitem')).toHaveLength(3);
});

test('each refresh is one request, of that character alone, and the list shows what it brings', async () => {
  // The sandbox's characters keep their names, so this one's is changed on its way, and its status.
  const sent = wire({
    answer: (answer, operation) => {
      if (!isRefresh(operation)) return answer;
      const changes = { name: `Monica ${sent.filter(isRefresh).length}`, status: 'PENDING_CONSENT' };
      return { data: { node: { ...answer.data.node, ...changes } } };
    },
  });
  const environment = open();
  await shows('50 characters');
  const section = await choose('Monica');
  const before = sent.length;
  for (const n of [1, 2]) {
    await press('Refresh');
    await within(section).findByRole('heading', { name: `Monica ${n}` });
    await within(list()).findByText(`Monica ${n}`);
    expect(names().filter((name) => name?.startsWith('Monica'))).toEqual([`Monica ${n}`]);
    expect(section.textContent).toContain('Status: PENDING_CONSENT');
    expect(sent.length).toBe(before + n);
  }
  const { query, variables } = sent.at(-1)!;
  expect(query).toContain('node(id: $id)');
  const record = environment.getStore().getSource().get(variables.id as string);
  expect(record).toMatchObject({ __typename: 'AvatarGroup', name: 'Monica 2' });
});

test('a refresh under way cannot be asked for twice, and what is known stays', async () => {
  const { held, letGo } = hold();
  const sent = wire({
    answer: async (answer, operation) => {
      if (isRefresh(operation)) await held;
      return answer;
    },
  });
  open();
  await shows('50 characters');
  const section = await choose('Monica');
  await press('Refresh');
  const button = within(section).getByText<HTMLButtonElement>('Refresh');
  await waitFor(() => expect(button.disabled).toBe(true));
  expect(within(section).getByRole('heading').textContent).toBe('Monica');
  letGo();
  await waitFor(() => expect(button.disabled).toBe(false));
  expect(sent.filter(isRefresh)).toHaveLength(1);
});

test('a field that fails alone is told, and the others show', async () => {
  wire({
    answer: (answer, { query }) => {
      if (!query.startsWith('query CharacterQuery')) return answer;
      answer.data.avatarGroup.defaultVoice = null;
      return { ...answer, errors: [{ message: 'The voice is away.', path: ['avatarGroup', 'defaultVoice'] }] };
    },
  });
  open();
  await shows('50 characters');
  const section = await choose('Monica');
  expect(within(section).getByRole('alert').textContent).toBe('The voice is away.');
  expect(section.textContent).toContain('Monica, office: READY');
});

test('a refresh that fails is told, and what is known stays', async () => {
  wire({
    answer: (answer, operation) => {
      if (!isRefresh(operation)) return answer;
      return { data: { node: null }, errors: [{ message: 'HeyGen is away.', path: ['node'] }] };
    },
  });
  open();
  await shows('50 characters');
  const section = await choose('Monica');
  await press('Refresh');
  expect((await within(section).findByRole('alert')).textContent).toBe('HeyGen is away.');
  expect(within(section).getByRole('heading').textContent).toBe('Monica');
  await press('Dismiss');
  expect(screen.queryByRole('alert')).toBeNull();
  within(section).getByText('Refresh');
});
