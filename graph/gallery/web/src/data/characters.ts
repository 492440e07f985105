import {
  type AvatarGroupOrder,
  type CharacterCardFragment,
  type Gender,
  type Ownership,
  PickerCharactersDocument,
  type PickerCharactersQuery,
  type PickerCharactersQueryVariables,
  type TrainingStatus,
} from '../gql/graphql';
import type { Order } from '../picker';
import type { GraphQLClient, GraphQLResult } from './client';
import { MAX_BARREN_PAGES, type PickerError, asPickerError, fieldError, nullField, repeatedPages } from './errors';
import { isInvalidCursor } from './paged-list';
import { type LoadedPage, PageWindow } from './page-window';

export type Character = CharacterCardFragment;

export interface CharacterQuery {
  search: string;
  gender: Gender[];
  status: TrainingStatus[];
  ownership: Ownership | null;
  order: Order;
}

export interface Facet<T> {
  value: T;
  count: number;
}

export interface CharacterFacets {
  gender: Facet<Gender>[];
  status: Facet<TrainingStatus | null>[];
  ownership: Facet<Ownership>[];
}

export interface CharacterListOptions {
  pageSize?: number;
  /** Maximum number of pages whose items are in memory. */
  maxPages?: number;
}

const orders: Record<Order, AvatarGroupOrder | null> = {
  relevance: null,
  name: { field: 'NAME', direction: 'ASC' },
  newest: { field: 'CREATED_AT', direction: 'DESC' },
  looks: { field: 'LOOKS_COUNT', direction: 'DESC' },
};

/**
 * CharacterList is a list of characters of which only the pages around the visible range are in memory. It dispatches
 * `change` whenever a property has changed.
 */
export class CharacterList extends EventTarget {
  loading = false;
  error: PickerError | null = null;
  /** Number of characters on all pages. Null: not known yet, or its request failed. */
  total: number | null = null;
  facets: CharacterFacets | null = null;
  readonly #client: GraphQLClient;
  readonly #pageSize: number;
  readonly #window: PageWindow<Character>;
  #query: CharacterQuery | null = null;
  #visible: readonly [first: number, last: number] = [0, 0];
  #more = false;
  #restart = false;
  #pagesSinceRestart = Infinity;
  #barrenPages = 0;
  #counting = false;
  #countsOwners = true;
  #controller = new AbortController();

  constructor(client: GraphQLClient, { pageSize = 48, maxPages = 12 }: CharacterListOptions = {}) {
    super();
    this.#client = client;
    this.#pageSize = pageSize;
    this.#window = new PageWindow(maxPages);
  }

  /** Number of items on the pages that have been loaded, whether they are still in memory or not. */
  get loaded(): number {
    return this.#window.count;
  }

  /** Whether all pages have been loaded. */
  get complete(): boolean {
    return this.#window.complete;
  }

  /** Returns an item. Undefined: its page is not in memory. */
  at(index: number): Character | undefined {
    return this.#window.at(index);
  }

  /** Replaces the query: cancels what is in flight, and loads the first page. */
  setQuery(query: CharacterQuery): void {
    this.#controller.abort();
    this.#controller = new AbortController();
    this.#window.clear();
    this.#query = query;
    this.#visible = [0, 0];
    this.#more = this.#restart = this.#counting = this.loading = false;
    this.#barrenPages = 0;
    this.#pagesSinceRestart = Infinity;
    this.error = this.total = this.facets = null;
    this.#loadNext();
  }

  /** Loads the next page, unless a page is in flight or has failed, or the list is complete. */
  loadMore(): void {
    if (this.loading || this.complete || this.error) return;
    this.#more = true;
    this.ensure(this.loaded, this.loaded);
  }

  /** Loads the pages of a visible range, both ends included. */
  ensure(first: number, last: number): void {
    this.#visible = [first, last];
    this.#loadNext();
  }

  /** Loads what failed again, a page or the counts. The items stay. */
  retry(): void {
    if (!this.#query || this.loading) return;
    if (this.error) {
      this.error = null;
      this.#pagesSinceRestart = Infinity;
      this.#barrenPages = 0;
      this.#loadNext();
    }
    if (this.loaded > 0 && this.total === null && !this.#counting) void this.#loadCounts();
  }

  /** Cancels what is in flight. */
  close(): void {
    this.#controller.abort();
    this.#query = null;
    this.loading = false;
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }

  /** Starts the request of the page that is needed first. One page is in flight at a time. */
  #loadNext(): void {
    if (!this.#query || this.loading || this.error) return;
    const [first, last] = this.#visible;
    const index = this.#restart ? 0 : this.#window.missing(first, last, this.#more);
    if (index !== null) void this.#load(this.#query, index);
  }

  async #load(query: CharacterQuery, index: number): Promise<void> {
    const { signal } = this.#controller;
    const after = this.#window.cursor(index);
    const isStart = this.#restart || this.#window.length === 0;
    const counts = isStart && needsWholeList(query);
    this.loading = true;
    this.#changed();
    try {
      const variables = { ...variablesOf(query), first: this.#pageSize, after, counts };
      const { data, errors } = await this.#request(variables, signal);
      if (signal.aborted) return;
      if (!data.avatarGroups) throw fieldError(errors, 'avatarGroups') ?? nullField('avatarGroups');
      this.#store(index, { items: data.avatarGroups.nodes, ...data.avatarGroups.pageInfo });
      if (counts) this.#setCounts(data);
    } catch (error) {
      if (signal.aborted) return;
      this.#fail(asPickerError(error), after);
    }
    this.loading = false;
    if (isStart && !counts && !this.error) void this.#loadCounts();
    this.#loadNext();
    this.#changed();
  }

  /** Requests without the counts of owners once they have made a query too complex for the server. */
  async #request(variables: PickerCharactersQueryVariables, signal: AbortSignal): Promise<GraphQLResult<PickerCharactersQuery>> {
    const owners = this.#countsOwners;
    try {
      return await this.#client.request(PickerCharactersDocument, owners ? variables : { ...variables, owners }, signal);
    } catch (error) {
      if (!owners || !variables.counts || asPickerError(error).code !== 'QUERY_TOO_COMPLEX') throw error;
      this.#countsOwners = false;
      return this.#request(variables, signal);
    }
  }

  #store(index: number, page: LoadedPage<Character>): void {
    if (this.#restart) this.#window.clear();
    this.#restart = false;
    this.#pagesSinceRestart++;
    const isNew = index === this.#window.length;
    const added = this.#window.store(index, page, this.#visible);
    if (isNew && added > 0) this.#more = false;
    this.#barrenPages = isNew && added === 0 ? this.#barrenPages + 1 : 0;
    if (this.#barrenPages === MAX_BARREN_PAGES && !this.complete) throw repeatedPages();
  }

  /** Starts again from the first page if the cursor is invalid, unless the list has done so without progress. */
  #fail(error: PickerError, after: string | null): void {
    if (after !== null && isInvalidCursor(error) && this.#pagesSinceRestart > 1) {
      this.#restart = true;
      this.#pagesSinceRestart = 0;
    } else {
      this.error = error;
    }
  }

  async #loadCounts(): Promise<void> {
    const { signal } = this.#controller;
    const variables = { ...variablesOf(this.#query!), first: 0, counts: true };
    this.#counting = true;
    try {
      const { data } = await this.#request(variables, signal);
      if (!signal.aborted) this.#setCounts(data);
    } catch {
      if (!signal.aborted) this.total = this.facets = null; // the list is usable without
    }
    if (signal.aborted) return;
    this.#counting = false;
    this.#changed();
  }

  #setCounts({ avatarGroups, ...owners }: PickerCharactersQuery): void {
    this.total = avatarGroups?.totalCount ?? null;
    const ownership: Facet<Ownership>[] = [];
    if (owners.public?.totalCount != null) ownership.push({ value: 'PUBLIC', count: owners.public.totalCount });
    if (owners.private?.totalCount != null) ownership.push({ value: 'PRIVATE', count: owners.private.totalCount });
    this.facets = avatarGroups?.facets ? { ...avatarGroups.facets, ownership } : null;
  }
}

/** Reports whether the server reads the whole list for the query, so that counts cost nothing more. */
function needsWholeList({ search, gender, status, order }: CharacterQuery): boolean {
  return search.trim() !== '' || gender.length > 0 || status.length > 0 || order !== 'relevance';
}

function variablesOf(query: CharacterQuery): Omit<PickerCharactersQueryVariables, 'first' | 'counts' | 'owners'> {
  const { search, gender, status, ownership, order } = query;
  const filter = gender.length > 0 || status.length > 0 ? { gender, status } : null;
  return { ownership, search: search.trim() || null, filter, orderBy: orders[order] };
}
