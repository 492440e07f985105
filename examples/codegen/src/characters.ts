import { RequestError } from './errors';
import { execute } from './execute';
import { graphql } from './gql';
import type { CharacterPageQuery } from './gql/graphql';

/** The fields that a list shows of each character. */
export const CharacterItem = graphql(`
  fragment CharacterItem on AvatarGroup {
    groupId
    name
    genderCategory
    looksCount
    previewImageUrl
  }
`);

export const CharacterPage = graphql(`
  query CharacterPage($first: Int!, $after: String, $search: String, $isSearch: Boolean = false) {
    avatarGroups(first: $first, after: $after, search: $search) {
      # Only a search counts: like the search, the count needs the whole list, which a first page should not wait for.
      totalCount @include(if: $isSearch)
      nodes {
        id
        ...CharacterItem
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export type Character = NonNullable<CharacterPageQuery['avatarGroups']>['nodes'][number];

export interface CharacterPageResult {
  characters: Character[];
  /** The number of characters on all pages. Null without a search. */
  totalCount: number | null;
}

/**
 * Yields the characters that match the search, or all if it is blank, one page at a time. It fetches a page only when
 * you request it. If a cursor expires, it starts again from the first page and skips the characters that it has already
 * yielded.
 */
export async function* characterPages(first = 50, search = ''): AsyncGenerator<CharacterPageResult, void, undefined> {
  const isSearch = search.trim() !== '';
  const seen = new Set<string>();
  let seenAtRestart = 0;
  let after: string | null = null;
  for (;;) {
    let data: CharacterPageQuery;
    try {
      data = await execute(CharacterPage, { first, after, search, isSearch });
    } catch (error) {
      // Without progress since the last restart, a restart could repeat forever.
      const restart = error instanceof RequestError && error.code === 'CURSOR_EXPIRED' && seen.size > seenAtRestart;
      if (!restart) throw error;
      seenAtRestart = seen.size;
      after = null;
      continue;
    }
    const { nodes, pageInfo, totalCount } = data.avatarGroups!; // null only with an error, which execute throws
    const unseen = nodes.filter(({ id }) => !seen.has(id));
    for (const { id } of unseen) seen.add(id);
    if (unseen.length > 0) yield { characters: unseen, totalCount: totalCount ?? null };
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}

const RefetchCharacter = graphql(`
  query RefetchCharacter($id: ID!) {
    node(id: $id) {
      __typename
      id
      ...CharacterItem
    }
  }
`);

/** Fetches a character again by its global id. Returns null if it no longer exists. */
export async function refetchCharacter(id: string): Promise<Character | null> {
  const { node } = await execute(RefetchCharacter, { id });
  return node?.__typename === 'AvatarGroup' ? node : null;
}
