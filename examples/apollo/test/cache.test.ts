import { gql } from '@apollo/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CHARACTERS } from '../src/Characters';
import { createClient } from '../src/client';
import { endpoint, listen } from './server';

// The rules of cache.ts, with pages and objects as the server gives them.
let server: ReturnType<typeof listen>;
let client: ReturnType<typeof createClient>;

beforeEach(() => {
  server = listen();
  client = createClient(endpoint);
});
afterEach(() => {
  client.stop();
  vi.unstubAllGlobals();
});

const ids = (connection?: { edges: { node: { id: string } }[] } | null) => connection?.edges.map(({ node }) => node.id);
const kept = () => client.readQuery({ query: CHARACTERS, variables: { first: 2 } })?.avatarGroups;
const refetch = (after?: string) =>
  client.query({ query: CHARACTERS, variables: { first: 2, after }, fetchPolicy: 'network-only' });

async function readOn(pages: number) {
  for (let i = 0; i < pages; i++) await refetch(kept()?.pageInfo.endCursor ?? undefined);
  return ids(kept())!;
}

test('a list that is begun anew holds each character once', async () => {
  const six = await readOn(3);
  expect(new Set(six).size).toBe(6);
  await refetch();
  expect(ids(kept())).toEqual(six.slice(0, 2));
  expect(await readOn(2)).toEqual(six);
});

test('a page that arrives twice stands there once', async () => {
  await refetch();
  const { endCursor } = kept()!.pageInfo;
  await refetch(endCursor!);
  const four = ids(kept());
  await refetch(endCursor!);
  expect(ids(kept())).toEqual(four);
});

test('a page that arrives after its list was begun anew leaves no gap', async () => {
  await readOn(3);
  const late = kept()!.pageInfo.endCursor!;
  await refetch();
  const two = kept();
  await refetch(late);
  expect(kept()).toEqual(two);
});

test('a list whose page failed is what it was', async () => {
  const six = await readOn(3);
  server.editNext((body) => ({ ...body, variables: { first: 3000 } }));
  await client.query({ query: CHARACTERS, variables: { first: 2 }, fetchPolicy: 'network-only', errorPolicy: 'all' });
  expect(ids(kept())).toEqual(six);
});

test('each filter has a list of its own', async () => {
  const query = gql`
    query Presets($ownership: Ownership) {
      avatarGroups(first: 2, ownership: $ownership) {
        edges {
          node {
            id
          }
        }
        pageInfo {
          endCursor
        }
      }
    }
  `;
  const read = (ownership: string) => ids(client.readQuery<any>({ query, variables: { ownership } })?.avatarGroups);
  await client.query({ query, variables: { ownership: 'PUBLIC' } });
  await client.query({ query, variables: { ownership: 'PRIVATE' } });
  expect(read('PUBLIC')).toHaveLength(2);
  expect(read('PRIVATE')).toHaveLength(2);
  expect(read('PUBLIC')).not.toEqual(read('PRIVATE'));
});

const NAME = gql`
  query Name($id: ID!) {
    avatarGroup(id: $id) {
      id
      name
    }
  }
`;

test('a character that a list brought is not asked for again by its global id', async () => {
  await refetch();
  const id = ids(kept())![0]!;
  const { data } = await client.query({ query: NAME, variables: { id } });
  expect(data).toMatchObject({ avatarGroup: { id, name: 'Monica' } });
  expect(server.asked).toHaveLength(1);
});

test('HeyGen’s own id is no key, and finds the same object by one request', async () => {
  await refetch();
  for (let i = 0; i < 2; i++) {
    const { data } = await client.query({ query: NAME, variables: { id: 'group_monica' } });
    expect(data).toMatchObject({ avatarGroup: { id: ids(kept())![0], name: 'Monica' } });
  }
  expect(server.asked).toHaveLength(2);
});

test('a character that could not be fetched again is still known', async () => {
  await refetch();
  const id = ids(kept())![0]!;
  server.editNext((body) => ({ ...body, variables: { id: 'QXZhdGFyTG9vazp4' } })); // a look's id
  await client.query({ query: NAME, variables: { id }, fetchPolicy: 'network-only', errorPolicy: 'all' });
  const { data } = await client.query({ query: NAME, variables: { id } });
  expect(data).toMatchObject({ avatarGroup: { id, name: 'Monica' } });
});

test('a character that does not exist is asked for once', async () => {
  for (let i = 0; i < 2; i++) {
    const { data } = await client.query({ query: NAME, variables: { id: 'nobody' } });
    expect(data).toEqual({ avatarGroup: null });
  }
  expect(server.asked).toHaveLength(1);
});

test('a fragment on Node reads objects of every type', async () => {
  await refetch();
  const query = gql`
    query Any($id: ID!) {
      node(id: $id) {
        ...Known
      }
    }
    fragment Known on Node {
      id
      ... on AvatarGroup {
        groupId
      }
    }
  `;
  const id = ids(kept())![0]!;
  await client.query({ query, variables: { id } });
  expect(client.cache.readQuery({ query, variables: { id } })).toMatchObject({ node: { id, groupId: 'group_monica' } });
});
