import { RequestError } from './errors';
import { execute } from './execute';
import { graphql } from './gql';
import type { CharacterPageQuery } from './gql/graphql';

/** What a list shows of a character. */
export const CharacterLine = graphql(`
  fragment CharacterLine on AvatarGroup {
    groupId
    name
    gender
    looksCount
    previewImageUrl
  }
`);

export const CharacterPage = graphql(`
  query CharacterPage($first: Int!, $after: String) {
    avatarGroups(first: $first, after: $after) {
      nodes {
        id
        ...CharacterLine
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export type Character = NonNullable<CharacterPageQuery['avatarGroups']>['nodes'][number];

/**
 * Gives all characters, a page at a time; the next page is fetched when it is asked for. When a cursor has expired the
 * list is begun again, and what was given before is left out.
 */
export async function* characterPages(first = 50): AsyncGenerator<Character[], void, undefined> {
  const given = new Set<string>();
  let givenAtStart = 0;
  let after: string | null = null;
  for (;;) {
    let data: CharacterPageQuery;
    try {
      data = await execute(CharacterPage, { first, after });
    } catch (error) {
      // A list that brings nothing new between two expired cursors would be begun for ever.
      const expired = error instanceof RequestError && error.code === 'CURSOR_EXPIRED' && given.size > givenAtStart;
      if (!expired) throw error;
      givenAtStart = given.size;
      after = null;
      continue;
    }
    const { nodes, pageInfo } = data.avatarGroups!; // it is null with an error alone, which execute has thrown
    const fresh = nodes.filter(({ id }) => !given.has(id));
    for (const { id } of fresh) given.add(id);
    if (fresh.length > 0) yield fresh;
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}

const CharacterAgain = graphql(`
  query CharacterAgain($id: ID!) {
    node(id: $id) {
      __typename
      id
      ...CharacterLine
    }
  }
`);

/** Fetches one character of the list again, by its global id. Null: it is gone. */
export async function refetch(id: string): Promise<Character | null> {
  const { node } = await execute(CharacterAgain, { id });
  return node?.__typename === 'AvatarGroup' ? node : null;
}
