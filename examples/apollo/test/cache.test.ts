import { gql } from '@apollo/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GET_CHARACTERS } from '../src/Characters';
import { createClient } from '../src/client';
import { endpoint, LOOK_ID } from './fixtures';
import { interceptFetch } from './intercept-fetch';

// Tests cache.ts with real responses of the server.
let server: ReturnType<typeof interceptFetch>;
let client: ReturnType<typeof createClient>;

beforeEach(() => {
  server = interceptFetch();
  client = createClient(endpoint);
});
afterEach(() => {
  client.stop();
  vi.unstubAllGlobals();
});

type Connection = { edges: { node: { id: string } }[] } | null;

const idsOf = (connection?: Connection) => connection?.edges.map(({ node }) => node.id);
const cachedList = () => client.readQuery({ query: GET_CHARACTERS, variables: { first: 2 } })?.avatarGroups;
const refetch = (after?: string) =>
  client.query({ query: GET_CHARACTERS, variables: { first: 2, after }, fetchPolicy: 'network-only' });

async function loadPages(pages: number) {
  for (let i = 0; i < pages; i++) await refetch(cachedList()?.pageInfo.endCursor ?? undefined);
  return idsOf(cachedList())!;
}

test('a refetched list holds each character once', async () => {
  const sixIds = await loadPages(3);
  expect(new Set(sixIds).size).toBe(6);
  await refetch();
  expect(idsOf(cachedList())).toEqual(sixIds.slice(0, 2));
  expect(await loadPages(2)).toEqual(sixIds);
});

test('a page that arrives twice is merged once', async () => {
  await refetch();
  const { endCursor } = cachedList()!.pageInfo;
  await refetch(endCursor!);
  const fourIds = idsOf(cachedList());
  await refetch(endCursor!);
  expect(idsOf(cachedList())).toEqual(fourIds);
});

test('a page that arrives after its list was refetched leaves no gap', async () => {
  await loadPages(3);
  const lateCursor = cachedList()!.pageInfo.endCursor!;
  await refetch();
  const firstPage = cachedList();
  await refetch(lateCursor);
  expect(cachedList()).toEqual(firstPage);
});

test('a list stays unchanged when a page fails', async () => {
  const sixIds = await loadPages(3);
  server.editNext((request) => ({ ...request, variables: { first: 3000 } }));
  const variables = { first: 2 };
  await client.query({ query: GET_CHARACTERS, variables, fetchPolicy: 'network-only', errorPolicy: 'all' });
  expect(idsOf(cachedList())).toEqual(sixIds);
});

test('each filter has its own list', async () => {
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
  const read = (ownership: string) => idsOf(client.readQuery<any>({ query, variables: { ownership } })?.avatarGroups);
  await client.query({ query, variables: { ownership: 'PUBLIC' } });
  await client.query({ query, variables: { ownership: 'PRIVATE' } });
  expect(read('PUBLIC')).toHaveLength(2);
  expect(read('PRIVATE')).toHaveLength(2);
  expect(read('PUBLIC')).not.toEqual(read('PRIVATE'));
});

test('each search, filter and order has its own list', async () => {
  const query = gql`
    query Lists($search: String, $filter: AvatarGroupFilter, $orderBy: AvatarGroupOrder) {
      avatarGroups(first: 2, search: $search, filter: $filter, orderBy: $orderBy) {
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
  const lists: Record<string, unknown>[] = [
    {},
    { search: 'mon' },
    { search: 'a' },
    { filter: { gender: ['MALE'] } },
    { filter: { status: ['FAILED'] } },
    { orderBy: { field: 'NAME' } },
    { orderBy: { field: 'NAME', direction: 'DESC' } },
  ];
  for (const variables of lists) await client.query({ query, variables });
  const read = (variables: object) => idsOf(client.readQuery<any>({ query, variables })?.avatarGroups);
  expect(new Set(lists.map((variables) => String(read(variables)))).size).toBe(lists.length);
});

const GET_NAME = gql`
  query Name($id: ID!) {
    avatarGroup(id: $id) {
      id
      name
    }
  }
`;

test('a character cached by a list is read by its global id without a request', async () => {
  await refetch();
  const id = idsOf(cachedList())![0]!;
  const { data } = await client.query({ query: GET_NAME, variables: { id } });
  expect(data).toMatchObject({ avatarGroup: { id, name: 'Monica' } });
  expect(server.requests).toHaveLength(1);
});

test('HeyGen’s own id is not a cache key, and finds the same object with one request', async () => {
  await refetch();
  for (let i = 0; i < 2; i++) {
    const { data } = await client.query({ query: GET_NAME, variables: { id: 'group_monica' } });
    expect(data).toMatchObject({ avatarGroup: { id: idsOf(cachedList())![0], name: 'Monica' } });
  }
  expect(server.requests).toHaveLength(2);
});

test('a character whose refetch failed is still cached', async () => {
  await refetch();
  const id = idsOf(cachedList())![0]!;
  server.editNext((request) => ({ ...request, variables: { id: LOOK_ID } }));
  await client.query({ query: GET_NAME, variables: { id }, fetchPolicy: 'network-only', errorPolicy: 'all' });
  const { data } = await client.query({ query: GET_NAME, variables: { id } });
  expect(data).toMatchObject({ avatarGroup: { id, name: 'Monica' } });
});

test('a character that does not exist is requested once', async () => {
  for (let i = 0; i < 2; i++) {
    const { data } = await client.query({ query: GET_NAME, variables: { id: 'group_unknown' } });
    expect(data).toEqual({ avatarGroup: null });
  }
  expect(server.requests).toHaveLength(1);
});

test('a fragment on Node matches objects of every type', async () => {
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
  const id = idsOf(cachedList())![0]!;
  await client.query({ query, variables: { id } });
  expect(client.cache.readQuery({ query, variables: { id } })).toMatchObject({ node: { id, groupId: 'group_monica' } });
});
