import { gql } from 'urql';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CharactersQuery } from '../src/Characters';
import { createClient } from '../src/client';
import { endpoint } from './fixtures';
import { interceptFetch } from './intercept-fetch';

// Tests cache.ts with real responses of the server.
let server: ReturnType<typeof interceptFetch>;
let client: ReturnType<typeof createClient>;

beforeEach(() => {
  vi.spyOn(console, 'warn');
  server = interceptFetch();
  client = createClient(endpoint);
});
afterEach(() => {
  expect(console.warn).not.toHaveBeenCalled();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

type Connection = { edges: { node: { id: string } }[]; pageInfo: { endCursor?: string | null } } | null;

const idsOf = (connection?: Connection) => connection?.edges.map(({ node }) => node.id);
const cachedList = (first = 2) =>
  client.readQuery(CharactersQuery, { first }, { requestPolicy: 'cache-only' })?.data?.avatarGroups ?? undefined;
const refetch = (variables: { first: number; after?: string | null }) =>
  client.query(CharactersQuery, variables, { requestPolicy: 'network-only' }).toPromise();

async function loadPages(pages: number) {
  for (let i = 0; i < pages; i++) await refetch({ first: 2, after: cachedList()?.pageInfo.endCursor });
  return idsOf(cachedList())!;
}

test('a refetched list holds each character once', async () => {
  const sixIds = await loadPages(3);
  expect(new Set(sixIds).size).toBe(6);
  await refetch({ first: 2 });
  expect(idsOf(cachedList())).toEqual(sixIds.slice(0, 2));
  expect(await loadPages(2)).toEqual(sixIds);
});

test('a page that arrives twice is merged once', async () => {
  await loadPages(1);
  const { endCursor } = cachedList()!.pageInfo;
  await refetch({ first: 2, after: endCursor });
  const fourIds = idsOf(cachedList());
  await refetch({ first: 2, after: endCursor });
  expect(idsOf(cachedList())).toEqual(fourIds);
});

test('a refetched list leaves a first page of another size cached', async () => {
  await refetch({ first: 3 });
  await refetch({ first: 2 });
  expect(idsOf(cachedList(3))).toHaveLength(3);
});

test('a list stays unchanged when a page fails', async () => {
  const sixIds = await loadPages(3);
  for (const after of [null, cachedList()?.pageInfo.endCursor]) {
    server.editNext((request) => ({ ...request, variables: { first: 3000 } }));
    const { data, error } = await refetch({ first: 2, after });
    expect(error?.graphQLErrors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(idsOf(data?.avatarGroups)).toEqual(sixIds);
    expect(idsOf(cachedList())).toEqual(sixIds);
  }
});

const NameQuery = gql`
  query Name($id: ID!) {
    avatarGroup(id: $id) {
      id
      name
    }
  }
`;

test('a character cached by a list is read by its global id without a request', async () => {
  await loadPages(1);
  const id = idsOf(cachedList())![0]!;
  const { data } = await client.query(NameQuery, { id }).toPromise();
  expect(data).toMatchObject({ avatarGroup: { id, name: 'Monica' } });
  expect(server.requests).toHaveLength(1);
});

test('HeyGen’s own id is not a cache key, and finds the same object with one request', async () => {
  await loadPages(1);
  for (let i = 0; i < 2; i++) {
    const { data } = await client.query(NameQuery, { id: 'group_monica' }).toPromise();
    expect(data).toMatchObject({ avatarGroup: { id: idsOf(cachedList())![0], name: 'Monica' } });
  }
  expect(server.requests).toHaveLength(2);
});

test('each filter has its own list, and refetching one leaves the others', async () => {
  const query = gql`
    query Presets($ownership: Ownership, $after: String) {
      avatarGroups(first: 2, ownership: $ownership, after: $after) {
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
  const fetchList = async (variables: object) =>
    (await client.query(query, variables, { requestPolicy: 'network-only' }).toPromise()).data.avatarGroups;
  const { pageInfo } = await fetchList({ ownership: 'PUBLIC' });
  const publicIds = idsOf(await fetchList({ ownership: 'PUBLIC', after: pageInfo.endCursor }));
  expect(publicIds).toHaveLength(4);
  const privateIds = idsOf(await fetchList({ ownership: 'PRIVATE' }))!;
  expect(privateIds).toHaveLength(2);
  expect(publicIds).not.toEqual(expect.arrayContaining(privateIds));
  const { data } = client.readQuery(query, { ownership: 'PUBLIC' }, { requestPolicy: 'cache-only' })!;
  expect(idsOf(data.avatarGroups)).toEqual(publicIds);
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
  for (const variables of lists) await client.query(query, variables).toPromise();
  const read = (variables: object) => idsOf(client.readQuery(query, variables)?.data.avatarGroups);
  expect(new Set(lists.map((variables) => String(read(variables)))).size).toBe(lists.length);
});

test('types without an id are cached without a warning', async () => {
  const query = gql`
    query Trainings {
      avatarGroups(first: 100, ownership: PRIVATE) {
        nodes {
          id
          error {
            code
          }
          looks {
            nodes {
              id
              readiness {
                state
              }
            }
          }
        }
      }
      voices(first: 1) {
        nodes {
          id
        }
        pageInfo {
          hasNextPage
        }
      }
    }
  `;
  const { data } = await client.query(query, {}).toPromise();
  expect(JSON.stringify(data)).toMatch(/"error":\{"code":/);
  expect(client.readQuery(query, {})?.data).toEqual(data);
});
