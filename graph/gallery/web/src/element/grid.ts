import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
} from '@tanstack/virtual-core';
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Character } from '../data/characters';
import { renderCard, renderSkeleton } from './card';
import type { PickerHost } from './host';
import { renderState } from './state';
import { styled } from './styled';
import { watchGroup } from '../data/watch';
import { Watchers } from './watchers';

const OVERSCAN = 2; // rows
const SKELETON_ROWS = 4; // of the first page
const MAX_WATCHED = 2;

interface Metrics {
  columns: number;
  row: number; // height of a row
  gap: number;
}

// Grid is the virtualized list of characters: only the visible rows are in the document.
export class Grid implements ReactiveController {
  private readonly scroller = createRef<HTMLElement>();
  private readonly probe = createRef<HTMLElement>();
  private readonly watchers: Watchers<Character>;
  private virtualizer: Virtualizer<HTMLElement, HTMLElement> | null = null;
  private unmount: (() => void) | null = null;
  private resizes: ResizeObserver | null = null;
  private metrics: Metrics = { columns: 1, row: 0, gap: 0 };
  private active = 0; // index of the card that Tab focuses
  private focusPending = false;
  private updated = new Map<string, Character>(); // by groupId, newer than the list's

  constructor(private readonly host: PickerHost) {
    this.watchers = new Watchers(host, MAX_WATCHED, watchGroup, (character) => {
      this.updated.set(character.groupId, character);
      host.requestUpdate();
    });
    host.addController(this);
  }

  hostDisconnected(): void {
    this.resizes?.disconnect();
    this.resizes = null;
    this.unmount?.();
    this.unmount = null;
    this.virtualizer = null;
  }

  // reset shows the start of a new list.
  reset(): void {
    this.active = 0;
    this.focusPending = false;
    this.updated.clear();
    if (this.scroller.value) this.scroller.value.scrollTop = 0;
  }

  hostUpdated(): void {
    if (!this.host.isConnected || !this.scroller.value) return;
    if (!this.virtualizer) this.mount(this.scroller.value);
    this.loadVisible();
    this.focusActive();
  }

  private mount(scroller: HTMLElement): void {
    this.measure();
    this.virtualizer = new Virtualizer(this.options(scroller));
    this.unmount = this.virtualizer._didMount();
    this.virtualizer._willUpdate();
    this.resizes = new ResizeObserver(() => this.resize());
    this.resizes.observe(scroller);
    if (this.probe.value) this.resizes.observe(this.probe.value);
    this.host.requestUpdate();
  }

  private options(scroller: HTMLElement) {
    const { row, gap } = this.metrics;
    return {
      count: this.rows,
      getScrollElement: () => scroller,
      estimateSize: () => row,
      gap,
      paddingStart: gap,
      paddingEnd: gap,
      scrollPaddingStart: gap,
      scrollPaddingEnd: gap,
      overscan: OVERSCAN,
      rangeExtractor: (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        const rows = defaultRangeExtractor(range);
        const activeRow = this.rowOf(this.active); // has the focus, perhaps
        return activeRow >= this.rows || rows.includes(activeRow) ? rows : [...rows, activeRow].sort((a, b) => a - b);
      },
      observeElementRect,
      observeElementOffset,
      scrollToFn: elementScroll,
      onChange: () => this.host.requestUpdate(),
    };
  }

  // measure derives the columns from the width of the grid and of a card, which CSS sets on the probe.
  private measure(): boolean {
    const scroller = this.scroller.value;
    const probe = this.probe.value;
    if (!scroller || !probe) return false;
    const gap = parseFloat(getComputedStyle(probe).columnGap) || 0;
    const width = scroller.clientWidth - 2 * gap;
    const columns = Math.max(1, Math.floor((width + gap) / (probe.offsetWidth + gap)));
    const card = (width - (columns - 1) * gap) / columns;
    const row = Math.round((card * 4) / 3) + probe.offsetHeight;
    const old = this.metrics;
    if (old.columns === columns && old.row === row && old.gap === gap) return false;
    this.metrics = { columns, row, gap };
    return true;
  }

  private resize(): void {
    const { virtualizer } = this;
    const first = (virtualizer?.range?.startIndex ?? 0) * this.metrics.columns;
    const scrolled = (virtualizer?.scrollOffset ?? 0) > 0;
    if (!this.measure() || !virtualizer || !this.scroller.value) return;
    virtualizer.setOptions(this.options(this.scroller.value));
    virtualizer.measure();
    if (this.host.openGroupId !== null) virtualizer.scrollToIndex(this.rowOf(this.active), { align: 'center' });
    else if (scrolled) virtualizer.scrollToIndex(this.rowOf(first), { align: 'start' });
    this.host.requestUpdate();
  }

  private rowOf(index: number): number {
    return Math.floor(index / this.metrics.columns);
  }

  // Number of cards, with the skeletons of the next page.
  private get count(): number {
    const { list } = this.host;
    const first = this.metrics.columns * SKELETON_ROWS;
    if (!list) return first;
    if (!list.loading || list.complete) return list.loaded;
    return list.loaded === 0 ? first : list.loaded + this.metrics.columns * 2;
  }

  private get rows(): number {
    return Math.ceil(this.count / this.metrics.columns);
  }

  // The grid's own request for the next page is made when the last row is visible.
  private loadVisible(): void {
    const { list } = this.host;
    const range = this.virtualizer?.range;
    if (!list || !range || list.loaded === 0) return this.watchers.watch([]);
    const { columns } = this.metrics;
    const first = range.startIndex * columns;
    const last = Math.min((range.endIndex + 1) * columns, list.loaded) - 1;
    if (first <= last) list.ensure(first, last);
    if (last >= list.loaded - 1 && !list.loading && !list.complete && !list.error) list.loadMore();
    const training: string[] = [];
    for (let index = first; index <= last; index++) {
      const character = this.at(index);
      if (character?.status === 'PROCESSING' || character?.status === 'PENDING_CONSENT') training.push(character.id);
    }
    this.watchers.watch(this.host.openGroupId === null ? training : []);
  }

  private at(index: number): Character | undefined {
    const character = this.host.list?.at(index);
    return character && (this.updated.get(character.groupId) ?? character);
  }

  // focus moves the focus to a card, which may be outside the visible rows.
  focus(index: number): void {
    const loaded = this.host.list?.loaded ?? 0;
    if (loaded === 0) return;
    this.active = Math.max(0, Math.min(index, loaded - 1));
    this.focusPending = true;
    this.virtualizer?.scrollToIndex(this.rowOf(this.active), { align: 'auto' });
    this.host.requestUpdate();
  }

  // focusCharacter focuses the character's card, or else the card that was active last.
  focusCharacter(groupId: string): void {
    const loaded = this.host.list?.loaded ?? 0;
    for (let index = 0; index < loaded; index++) {
      if (this.host.list?.at(index)?.groupId === groupId) return this.focus(index);
    }
    this.focus(this.active);
  }

  private focusActive(): void {
    if (!this.focusPending) return;
    const card = this.scroller.value?.querySelector<HTMLElement>(`[data-index="${this.active}"]`);
    if (!card) return;
    this.focusPending = false;
    card.focus({ preventScroll: true });
  }

  private readonly keydown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey || event.shiftKey) return;
    const { columns, row, gap } = this.metrics;
    const forward = getComputedStyle(event.currentTarget as Element).direction === 'rtl' ? -1 : 1;
    const page = columns * Math.max(1, Math.floor((this.scroller.value?.clientHeight ?? 0) / (row + gap)));
    const loaded = this.host.list?.loaded ?? 0;
    const steps: Record<string, number> = {
      ArrowRight: forward,
      ArrowLeft: -forward,
      ArrowDown: columns,
      ArrowUp: -columns,
      PageDown: page,
      PageUp: -page,
      Home: -this.active,
      End: loaded - 1 - this.active,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const target = this.active + step;
    if (target < 0 && event.key === 'ArrowUp') return;
    if (target >= loaded) this.host.list?.loadMore();
    this.focus(target);
  };

  render(): TemplateResult {
    const { host, virtualizer } = this;
    const { list, i18n } = host;
    if (virtualizer && this.scroller.value) {
      virtualizer.setOptions(this.options(this.scroller.value));
      virtualizer._willUpdate();
    }
    const empty = list !== null && list.loaded === 0 && !list.loading;
    return html`<div class="scroller" part="grid" ${ref(this.scroller)}>
      <div class="probe" ${ref(this.probe)}></div>
      ${empty ? renderState(host) : html`<div
              class="cards"
              role="list"
              aria-label=${i18n.t('avatars')}
              aria-busy=${list?.loading ?? true}
              @keydown=${this.keydown}
              ${styled({ 'block-size': `${virtualizer?.getTotalSize() ?? 0}px`, '--_columns': String(this.metrics.columns) })}
            >
              ${repeat(
                virtualizer?.getVirtualItems() ?? [],
                (item) => item.key,
                (item) => html`<div class="row" role="presentation" ${styled({ transform: `translateY(${item.start}px)` })}>
                    ${this.renderRow(item.index)}
                  </div>`,
              )}
            </div>
            ${this.renderFooter()}`}
    </div>`;
  }

  private renderRow(row: number): TemplateResult[] {
    const { columns } = this.metrics;
    const { list } = this.host;
    const loaded = list?.loaded ?? 0;
    const total = list?.total ?? (list?.complete ? loaded : -1);
    const cards: TemplateResult[] = [];
    for (let index = row * columns; index < Math.min((row + 1) * columns, this.count); index++) {
      const character = index < loaded ? this.at(index) : undefined;
      const tabbable = index === Math.min(this.active, loaded - 1);
      cards.push(
        character
          ? renderCard(this.host, character, index, total, tabbable, () => {
              this.active = index;
              this.host.openCharacter(character);
            })
          : renderSkeleton(),
      );
    }
    return cards;
  }

  private renderFooter(): TemplateResult | typeof nothing {
    const { list, i18n } = this.host;
    if (!list || list.loaded === 0) return nothing;
    const { loaded, total, complete, loading, error } = list;
    if (error) return renderState(this.host);
    return html`<div class="more">
      <span>${total === null ? i18n.t('shownSome', { shown: loaded }) : i18n.t('shown', { shown: loaded, total })}</span>
      ${complete ? nothing : html`<button type="button" class="button" part="button" aria-disabled=${loading} @click=${() => list.loadMore()}>
            ${i18n.t(loading ? 'loading' : 'loadMore')}
          </button>`}
    </div>`;
  }
}
