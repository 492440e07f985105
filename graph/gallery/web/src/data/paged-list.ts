import { MAX_BARREN_PAGES, type PickerError, asPickerError, repeatedPages } from './errors';

export interface Page<Item> {
  nodes: readonly Item[];
  hasNextPage: boolean;
  endCursor: string | null;
}

/** Reports whether a list must start again from its first page. */
export function isInvalidCursor({ code }: PickerError): boolean {
  return code === 'CURSOR_EXPIRED' || code === 'INVALID_CURSOR';
}

/** PagedList loads a list page by page. It dispatches `change` whenever a property has changed. */
export abstract class PagedList<Item extends { id: string }, Query> extends EventTarget {
  items: Item[] = [];
  /** Whether all pages are loaded. */
  complete = false;
  loading = false;
  error: PickerError | null = null;
  #query: Query | null = null;
  #cursor: string | null = null;
  #seen = new Set<string>();
  #controller: AbortController | null = null;

  /** Fetches a page. Null: the list does not exist. */
  protected abstract fetchPage(query: Query, after: string | null, signal: AbortSignal): Promise<Page<Item> | null>;

  /** Replaces the query: cancels what is in flight, and loads the first page. */
  setQuery(query: Query): void {
    this.#controller?.abort();
    this.items = [];
    this.complete = false;
    this.#query = query;
    this.#cursor = null;
    this.#seen.clear();
    void this.#load(query);
  }

  /** Loads the next page, unless a page is in flight or has failed, or the list is complete. */
  loadMore(): void {
    if (this.#query !== null && !this.loading && !this.complete && !this.error) void this.#load(this.#query);
  }

  /** Loads the page that failed again. The items stay. */
  retry(): void {
    if (this.#query !== null && this.error) void this.#load(this.#query);
  }

  /** Cancels what is in flight, and dispatches `close`. */
  close(): void {
    this.#controller?.abort();
    this.#query = null;
    this.loading = false;
    this.dispatchEvent(new Event('close'));
  }

  protected changed(): void {
    this.dispatchEvent(new Event('change'));
  }

  async #load(query: Query): Promise<void> {
    const controller = new AbortController();
    this.#controller = controller;
    const { signal } = controller;
    this.loading = true;
    this.error = null;
    this.changed();
    try {
      await this.#loadUnseen(query, signal);
    } catch (error) {
      if (!signal.aborted) this.error = asPickerError(error);
    }
    if (signal.aborted) return;
    this.loading = false;
    this.changed();
  }

  /** Loads pages until one has items that are not in the list. If the cursor has expired, it starts from the first. */
  async #loadUnseen(query: Query, signal: AbortSignal): Promise<void> {
    let restarted = false;
    for (let barren = 0; ; barren++) {
      if (barren === MAX_BARREN_PAGES) throw repeatedPages();
      let page: Page<Item> | null;
      try {
        page = await this.fetchPage(query, this.#cursor, signal);
      } catch (error) {
        if (signal.aborted || restarted || this.#cursor === null || !isInvalidCursor(asPickerError(error))) throw error;
        restarted = true;
        this.#cursor = null;
        barren = -1;
        continue;
      }
      if (signal.aborted) return;
      const unseen = page?.nodes.filter(({ id }) => !this.#seen.has(id) && this.#seen.add(id)) ?? [];
      this.items = [...this.items, ...unseen];
      this.#cursor = page?.endCursor ?? null;
      this.complete = !page?.hasNextPage || page.endCursor === null;
      if (unseen.length > 0 || this.complete) return;
    }
  }

  /** Replaces the item with the same id, if it is in the list. */
  protected replaceItem(item: Item): void {
    if (!this.#seen.has(item.id)) return;
    this.items = this.items.map((current) => (current.id === item.id ? item : current));
    this.changed();
  }
}
