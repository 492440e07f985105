import { createServer } from 'node:net';
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { Provider } from 'urql';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { App } from '../src/App';
import { createClient } from '../src/client';
import { type Asked, endpoint, EXPIRED_CURSOR, listen, restIds } from './server';

configure({ asyncUtilTimeout: 20_000 });

let server: ReturnType<typeof listen>;

beforeEach(() => {
  server = listen();
  vi.spyOn(console, 'error');
  vi.spyOn(console, 'warn');
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  // The cache warns there of types without a key, of fields that the schema has not, and of answers that lack some.
  expect(console.error).not.toHaveBeenCalled();
  expect(console.warn).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

const open = (url = endpoint) =>
  render(
    <Provider value={createClient(url)}>
      <App />
    </Provider>,
  );

// Roles are slow to find among 600 items, hence the selector.
const status = (text: string) =>
  waitFor(() => expect(document.querySelector('p[role="status"]')?.textContent).toBe(text));
const list = () => screen.getByRole('list', { name: 'Characters' });
const shown = () => [...list().querySelectorAll('button')].map((button) => button.title);
const more = () => fireEvent.click(screen.getByText('More'));
const withAfter = (after: string) => (body: Asked) => ({ ...body, variables: { ...body.variables, after } });

async function choose(groupId: string) {
  fireEvent.click(within(list()).getByTitle(groupId));
  const section = await screen.findByRole('region', { name: 'Character' });
  await idle(section);
  return section;
}

async function refresh(section: HTMLElement) {
  fireEvent.click(within(section).getByText('Refresh'));
  await idle(section);
}

const idle = (section: HTMLElement) =>
  waitFor(() => {
    expect(server.answered).toBe(server.asked.length);
    expect(section.getAttribute('aria-busy')).toBe('false');
  });

test('the list is paged to its end: every character once, in HeyGen’s order, with one request a page', async () => {
  const ids = await restIdsUncounted();
  open();
  for (let n = 50; n < ids.length; n += 50) {
    await status(`${n} characters`);
    more();
  }
  await status(`${ids.length} characters, all of them`);
  expect(shown()).toEqual(ids);
  expect(screen.queryByText('More')).toBeNull();
  expect(server.asked).toHaveLength(Math.ceil(ids.length / 50));
});

test('a character is fetched again alone, and the list shows what came', async () => {
  open();
  await status('50 characters');
  const section = await choose('group_monica');
  expect(within(section).getByRole('heading').textContent).toBe('Monica');
  expect(section.textContent).toMatch(/Status: COMPLETED.*Voice: Monica – Calm/);
  expect(within(section).getAllByRole('listitem').map((look) => look.textContent)).toEqual([
    'Monica, office: READY',
    'Monica, sofa: READY',
    expect.stringMatching(/^Monica, street: (NOT_)?READY$/),
  ]);
  expect(server.asked).toHaveLength(2);

  // As if its name had become its id meanwhile.
  server.editNext((body) => ({ ...body, query: body.query.replace(/\bname\b/, 'name: groupId') }));
  await refresh(section);
  expect(within(section).getByRole('heading').textContent).toBe('group_monica');
  expect(within(list()).getByTitle('group_monica').textContent).toBe('group_monica');
  expect(server.asked).toHaveLength(3);
  expect(server.asked[2]).toMatchObject({ operationName: 'Character', variables: server.asked[1]!.variables });
});

test('a page is asked for once, however often More is pressed while it loads', async () => {
  open();
  await status('50 characters');
  let answer = () => {};
  server.editNext((body) => new Promise((done) => (answer = () => done(body))));
  more();
  more();
  await waitFor(() => expect((screen.getByText('More') as HTMLButtonElement).disabled).toBe(true));
  answer();
  await status('100 characters');
  expect((screen.getByText('More') as HTMLButtonElement).disabled).toBe(false);
  expect(server.asked).toHaveLength(2);
});

test('an expired cursor starts the list again from its beginning', async () => {
  open();
  await status('50 characters');
  const first = shown();
  more();
  await status('100 characters');
  const both = shown();
  server.editNext(withAfter(EXPIRED_CURSOR));
  more();
  await status('50 characters');
  expect(shown()).toEqual(first);
  expect(screen.queryByRole('alert')).toBeNull();
  more();
  await status('100 characters');
  expect(shown()).toEqual(both);
  expect(server.asked).toHaveLength(5);
});

test('a cursor that is refused is told, the list stays, and can be read on', async () => {
  open();
  await status('50 characters');
  server.editNext(withAfter('nonsense'));
  more();
  expect((await screen.findByRole('alert')).textContent).toMatch(/^`after` cannot be used/);
  await status('50 characters');
  more();
  await status('100 characters');
  expect(screen.queryByRole('alert')).toBeNull();
  expect(new Set(shown()).size).toBe(100);
});

test('a field that fails leaves the others on the screen', async () => {
  open();
  await status('50 characters');
  server.editNext((body) => ({ ...body, query: body.query.replace('looks(first: 3)', 'looks(first: 3000)') }));
  const section = await choose('group_monica');
  expect(within(section).getByRole('alert').textContent).toMatch(/`first`/);
  expect(section.textContent).toMatch(/Status: COMPLETED.*Voice: Monica – Calm/);
  expect(shown()).toHaveLength(50);
  expect(server.asked).toHaveLength(2);
});

test('a character that cannot be fetched again stays', async () => {
  open();
  await status('50 characters');
  const section = await choose('group_monica');
  server.editNext((body) => ({ ...body, variables: { id: 'QXZhdGFyTG9vazp4' } })); // a look's id
  await refresh(section);
  expect(within(section).getByRole('alert').textContent).toMatch(/^`id` cannot be used/);
  expect(within(section).getByRole('heading').textContent).toBe('Monica');
  expect(section.textContent).toContain('Voice: Monica – Calm');
});

test('a character that is gone is told', async () => {
  open();
  await status('50 characters');
  const section = await choose('group_monica');
  server.editNext((body) => ({ ...body, variables: { id: 'nobody' } }));
  await refresh(section);
  expect(section.textContent).toBe('HeyGen no longer knows this character.Refresh');
});

test('a list that cannot be begun anew stays', async () => {
  open();
  await status('50 characters');
  const ids = shown();
  server.editNext(withAfter(EXPIRED_CURSOR));
  server.editNext(withAfter('nonsense'));
  more();
  expect(await screen.findByText(/^`after` cannot be used/)).toBeDefined();
  expect(shown()).toEqual(ids);
});

test('the name of a chosen character is there before the server has answered', async () => {
  open();
  await status('50 characters');
  fireEvent.click(within(list()).getByTitle('group_monica'));
  const section = screen.getByRole('region');
  expect(within(section).getByRole('heading').textContent).toBe('Monica');
  expect(section.textContent).toContain('Status: …');
  await waitFor(() => expect(section.textContent).toContain('Status: COMPLETED'));
  expect(server.asked).toHaveLength(2);
});

test('a list that fails at once is told, and does not claim to go on', async () => {
  server.editNext((body) => ({ ...body, variables: { first: 3000 } }));
  open();
  expect((await screen.findByRole('alert')).textContent).toMatch(/`first`/);
  await status('0 characters');
  expect(screen.queryByText('More')).toBeNull();
});

test('a server that cannot be reached is told', async () => {
  open(await unreachable());
  expect((await screen.findByRole('alert')).textContent).not.toBe('');
  expect(screen.getByRole('heading').textContent).toBe('Characters');
});

test('a server that is lost while paging takes nothing away', async () => {
  open();
  await status('50 characters');
  server.editNext(() => {
    throw new TypeError('the network is gone');
  });
  more();
  expect((await screen.findByRole('alert')).textContent).toBe('the network is gone');
  await status('50 characters');
  more();
  await status('100 characters');
});

async function restIdsUncounted() {
  vi.unstubAllGlobals();
  const ids = await restIds();
  server = listen();
  return ids;
}

// unreachable is where a server has just been.
async function unreachable() {
  const socket = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => socket.once('listening', done));
  const { port } = socket.address() as { port: number };
  await new Promise((done) => socket.close(done));
  return `http://127.0.0.1:${port}/graphql`;
}
