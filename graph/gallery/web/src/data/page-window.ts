interface Slot<Item> {
  /** Cursor after which the page starts. Null: it is the first. */
  after: string | null;
  count: number;
  /** Id of the last item, by which a page that is fetched again is joined to the next. */
  lastId: string | undefined;
  /** Null: not in memory. */
  items: readonly Item[] | null;
}

export interface LoadedPage<Item> {
  items: readonly Item[];
  hasNextPage: boolean;
  endCursor: string | null;
}

/** PageWindow is the pages of a list, of which at most maxPages have their items in memory. */
export class PageWindow<Item extends { id: string }> {
  complete = false;
  readonly #maxPages: number;
  #slots: Slot<Item>[] = [];
  #endCursor: string | null = null;

  constructor(maxPages: number) {
    this.#maxPages = maxPages;
  }

  /** Number of pages. */
  get length(): number {
    return this.#slots.length;
  }

  /** Number of items on all pages. */
  get count(): number {
    return this.#slots.reduce((sum, { count }) => sum + count, 0);
  }

  clear(): void {
    this.#slots = [];
    this.#endCursor = null;
    this.complete = false;
  }

  at(index: number): Item | undefined {
    let start = 0;
    for (const { count, items } of this.#slots) {
      if (index < start + count) return items?.[index - start];
      start += count;
    }
    return undefined;
  }

  /** Returns the cursor after which a page starts, or the next page. */
  cursor(page: number): string | null {
    return page < this.#slots.length ? this.#slots[page]!.after : this.#endCursor;
  }

  /** Returns the first page that must be loaded for a range, or the next page if more is set. Null: none. */
  missing(first: number, last: number, more: boolean): number | null {
    const [from, to] = this.#pagesOf(first, last);
    for (let page = from; page <= to; page++) if (this.#slots[page]?.items === null) return page;
    return !this.complete && (more || last >= this.count) ? this.#slots.length : null;
  }

  /** Stores a page, drops the items of the pages farthest from the visible range, and returns the number of items. */
  store(index: number, page: LoadedPage<Item>, visible: readonly [number, number]): number {
    const previous = this.#slots[index];
    const after = this.cursor(index);
    let { items } = page;
    const end = previous ? items.findIndex(({ id }) => id === previous.lastId) : -1;
    const joined = end >= 0 && index < this.#slots.length - 1;
    if (joined) {
      items = items.slice(0, end + 1);
    } else {
      // The last page, or one after which the list has changed: the pages after it do not follow any more.
      this.#slots.length = Math.min(this.#slots.length, index);
      this.#endCursor = page.endCursor;
      this.complete = !page.hasNextPage || page.endCursor === null;
    }
    const lastId = items.at(-1)?.id;
    const others = new Set(this.#slots.flatMap((slot, i) => (i === index ? [] : (slot.items ?? []).map(({ id }) => id))));
    items = items.filter(({ id }) => !others.has(id) && others.add(id));
    this.#slots[index] = { after, count: items.length, lastId, items };
    this.#drop(visible);
    return items.length;
  }

  /** Returns the first and the last page of a range, of at most maxPages pages. A range after the end is the next page. */
  #pagesOf(first: number, last: number): [number, number] {
    const pages: number[] = [];
    let start = 0;
    this.#slots.forEach(({ count }, page) => {
      if (start <= last && start + count > first) pages.push(page);
      start += count;
    });
    const from = pages[0] ?? this.#slots.length;
    return [from, Math.min(pages.at(-1) ?? from, from + this.#maxPages - 1)];
  }

  #drop([first, last]: readonly [number, number]): void {
    const inMemory = this.#slots.flatMap(({ items }, page) => (items ? [page] : []));
    if (inMemory.length <= this.#maxPages) return;
    const [from, to] = this.#pagesOf(first, last);
    const distance = (page: number) => Math.max(from - page, page - to, 0);
    inMemory.sort((a, b) => distance(a) - distance(b));
    for (const page of inMemory.slice(this.#maxPages)) this.#slots[page]!.items = null;
  }
}
