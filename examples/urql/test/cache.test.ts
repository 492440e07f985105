import { gql } from 'urql';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CharactersQuery } from '../src/Characters';
import { createClient } from '../src/client';
import { endpoint, listen } from './server';

// The rules of cache.ts, with pages and objects as the server gives them.
let server: ReturnType<typeof listen>;
let client: ReturnType<typeof createClient>;

beforeEach(() => {
  vi.spyOn(console, 'warn');
  server = listen();
  client = createClient(endpoint);
});
afterEach(() => {
  expect(console.warn).not.toHaveBeenCalled();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

type Connection = { edges: { node: { id: string } }[]; pageInfo: { endCursor?: string | null } } | null;

const ids = (connection?: Connection) => connection?.edges.map(({ node }) => node.id);
const kept = (first = 2) =>
  client.readQuery(CharactersQuery, { first }, { requestPolicy: 'cache-only' })?.data?.avatarGroups ?? undefined;
const refetch = (variables: { first: number; after?: string | null }) =>
  client.query(CharactersQuery, variables, { requestPolicy: 'network-only' }).toPromise();

async function readOn(pages: number) {
  for (let i = 0; i < pages; i++) await refetch({ first: 2, after: kept()?.pageInfo.endCursor });
  return ids(kept())!;
}

test('a list that is begun anew holds each character once', async () => {
  const six = await readOn(3);
  expect(new Set(six).size).toBe(6);
  await refetch({ first: 2 });
  expect(ids(kept())).toEqual(six.slice(0, 2));
  expect(await readOn(2)).toEqual(six);
});

test('a page that arrives twice stands there once', async () => {
  await readOn(1);
  const { endCursor } = kept()!.pageInfo;
  await refetch({ first: 2, after: endCursor });
  const four = ids(kept());
  await refetch({ first: 2, after: endCursor });
  expect(ids(kept())).toEqual(four);
});

test('a list that is begun anew keeps what begins it in another length', async () => {
  await refetch({ first: 3 });
  await refetch({ first: 2 });
  expect(ids(kept(3))).toHaveLength(3);
});

test('a list of which a page failed is what it was', async () => {
  const six = await readOn(3);
  for (const after of [null, kept()?.pageInfo.endCursor]) {
    server.editNext((body) => ({ ...body, variables: { first: 3000 } }));
    const { data, error } = await refetch({ first: 2, after });
    expect(error?.graphQLErrors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(ids(data?.avatarGroups)).toEqual(six);
    expect(ids(kept())).toEqual(six);
  }
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
  await readOn(1);
  const id = ids(kept())![0]!;
  const { data } = await client.query(NAME, { id }).toPromise();
  expect(data).toMatchObject({ avatarGroup: { id, name: 'Monica' } });
  expect(server.asked).toHaveLength(1);
});

test('HeyGen’s own id is no key, and finds the same object by one request', async () => {
  await readOn(1);
  for (let i = 0; i < 2; i++) {
    const { data } = await client.query(NAME, { id: 'group_monica' }).toPromise();
    expect(data).toMatchObject({ avatarGroup: { id: ids(kept())![0], name: 'Monica' } });
  }
  expect(server.asked).toHaveLength(2);
});

test('each filter has a list of its own, and begins anew alone', async () => {
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
  const ask = async (variables: object) =>
    (await client.query(query, variables, { requestPolicy: 'network-only' }).toPromise()).data.avatarGroups;
  const { pageInfo } = await ask({ ownership: 'PUBLIC' });
  const presets = ids(await ask({ ownership: 'PUBLIC', after: pageInfo.endCursor }));
  expect(presets).toHaveLength(4);
  const own = ids(await ask({ ownership: 'PRIVATE' }))!;
  expect(own).toHaveLength(2);
  expect(presets).not.toEqual(expect.arrayContaining(own));
  const { data } = client.readQuery(query, { ownership: 'PUBLIC' }, { requestPolicy: 'cache-only' })!;
  expect(ids(data.avatarGroups)).toEqual(presets);
});

test('types without an id are kept without a warning', async () => {
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
