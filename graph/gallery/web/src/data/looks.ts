import {
  type LookCardFragment,
  type Orientation,
  PickerCharacterDocument,
  type PickerCharacterQuery,
  PickerLookDocument,
  type PickerLookQuery,
  PickerLooksDocument,
  type PickerLooksQuery,
} from '../gql/graphql';
import type { GraphQLClient } from './client';
import { type GraphQLFormattedError, fieldError, nullField } from './errors';
import { type Page, PagedList } from './paged-list';

export type Look = LookCardFragment;
export type GqlOrientation = Orientation;
export type CharacterDetail = Omit<NonNullable<PickerCharacterQuery['avatarGroup']>, 'looks'>;
export type LookDetail = NonNullable<PickerLookQuery['avatarLook']>;

type LookConnection = NonNullable<PickerLooksQuery['avatarGroup']>['looks'];

export interface LookQuery {
  search: string;
  orientation: GqlOrientation | null;
  readyOnly: boolean;
}

const PAGE_SIZE = 24;

/** LookList is the looks of a character. Its first request fetches the character, too. */
export class LookList extends PagedList<Look, LookQuery> {
  character: CharacterDetail | null = null;
  /** Whether the character does not exist. */
  missing = false;
  /** Number of looks on all pages. Null: unknown. */
  total: number | null = null;
  readonly #client: GraphQLClient;
  readonly #id: string;

  constructor(client: GraphQLClient, characterId: string) {
    super();
    this.#client = client;
    this.#id = characterId;
  }

  override setQuery(query: LookQuery): void {
    this.missing = false;
    this.total = null;
    super.setQuery(query);
  }

  /** Replaces the look with the same id, if it is in the list. */
  replace(look: Look): void {
    this.replaceItem(look);
  }

  protected async fetchPage(query: LookQuery, after: string | null, signal: AbortSignal): Promise<Page<Look> | null> {
    const variables = { id: this.#id, search: query.search.trim() || null, filter: filterOf(query) };
    if (after === null && !this.character) {
      const { data, errors } = await this.#client.request(PickerCharacterDocument, { ...variables, looks: PAGE_SIZE }, signal);
      if (signal.aborted || !data.avatarGroup) return this.#page(data.avatarGroup, errors, signal);
      const { looks, ...character } = data.avatarGroup;
      this.character = character;
      return this.#page({ looks }, errors, signal);
    }
    const { data, errors } = await this.#client.request(PickerLooksDocument, { ...variables, first: PAGE_SIZE, after }, signal);
    return this.#page(data.avatarGroup, errors, signal);
  }

  #page(
    character: { looks: LookConnection } | null,
    errors: GraphQLFormattedError[],
    signal: AbortSignal,
  ): Page<Look> | null {
    if (signal.aborted) return null;
    if (!character) {
      const error = fieldError(errors, 'avatarGroup');
      if (error) throw error;
      this.missing = true;
      return null;
    }
    if (!character.looks) throw fieldError(errors, 'avatarGroup', 'looks') ?? nullField('looks');
    this.total = character.looks.totalCount;
    return { nodes: character.looks.nodes, ...character.looks.pageInfo };
  }
}

/** Fetches a look by HeyGen's id. Null: it does not exist. */
export async function fetchLook(client: GraphQLClient, lookId: string, signal?: AbortSignal): Promise<LookDetail | null> {
  const { data, errors } = await client.request(PickerLookDocument, { id: lookId }, signal);
  const error = data.avatarLook ? null : fieldError(errors, 'avatarLook');
  if (error) throw error;
  return data.avatarLook;
}

function filterOf({ orientation, readyOnly }: LookQuery) {
  if (!orientation && !readyOnly) return null;
  return {
    ...(orientation && { orientation: [orientation] }),
    ...(readyOnly && { readiness: ['READY' as const] }),
  };
}
