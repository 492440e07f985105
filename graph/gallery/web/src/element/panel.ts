import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { createRef, ref } from 'lit/directives/ref.js';
import type { Character } from '../data/characters';
import { type GqlOrientation, type Look, LookList } from '../data/looks';
import type { MessageKey } from '../messages';
import type { Orientation } from '../picker';
import { Debounce } from './debounce';
import type { LookFilter, PickerHost } from './host';
import { chevronIcon, closeIcon } from './icons';
import { argumentOf } from './ids';
import { inTraining, renderLook } from './look';
import { renderNotices } from './notices';
import { consume, keepFocus, renderError } from './state';
import { MAX_SEARCH_LENGTH, ORIENTATIONS } from './view';
import { VoicePicker } from './voices';
import { watchGroup, watchLook } from '../data/watch';
import { Watchers } from './watchers';

const NO_FILTER = { lookSearch: '', readyOnly: false };
const MAX_WATCHED = 2; // looks
const NEAR_END = 400; // pixels
const REVEAL_MARGIN = 12; // pixels

// Panel is the open character: its looks, and the voice of the chosen one.
export class Panel implements ReactiveController {
  looks: LookList | null = null;
  groupId: string | null = null;
  readonly voices: VoicePicker;
  private known: Character | null = null; // of the grid, until the looks have been loaded
  private filter: Omit<LookFilter, 'orientation'> & Partial<LookFilter> = NO_FILTER; // without an orientation: the host's
  private applied = ''; // filter of looks, as JSON
  private text: string | null = null; // typed, and not searched yet
  private preview: string | null = null; // id of the look whose video plays
  private revealed: string | null = null; // id of the chosen look that has been scrolled to
  private focusPending = false;
  private readonly debounce = new Debounce();
  private readonly body = createRef<HTMLElement>();
  private readonly heading = createRef<HTMLElement>();
  private readonly lookWatchers: Watchers<Look>;
  private readonly groupWatchers: Watchers<Character>;
  private observer: IntersectionObserver | null = null;
  private observed = new Set<Element>();
  private visible = new Set<string>();

  constructor(private readonly host: PickerHost) {
    this.voices = new VoicePicker(host);
    this.lookWatchers = new Watchers(host, MAX_WATCHED, watchLook, (look) => {
      this.looks?.replace(look);
      host.updateLook(look);
    });
    this.groupWatchers = new Watchers(host, 1, watchGroup, (character) => {
      if (this.looks?.character?.groupId !== character.groupId) return;
      Object.assign(this.looks.character, character);
      host.requestUpdate();
    });
    host.addController(this);
  }

  hostDisconnected(): void {
    this.debounce.cancel();
    this.unload();
  }

  // unload cancels what is in flight, and forgets the looks.
  unload(): void {
    this.unobserve();
    this.looks?.close();
    this.looks = null;
  }

  get character(): Character | null {
    return this.looks?.character ?? this.known;
  }

  // open shows a character. The panel takes the focus when the user has opened it.
  open(groupId: string, known: Character | null, focus: boolean): void {
    this.focusPending = focus;
    if (this.groupId === groupId && this.looks) return this.host.requestUpdate();
    this.close();
    this.groupId = groupId;
    this.known = known;
    this.load();
  }

  get nameHeading(): HTMLElement | undefined {
    return this.heading.value;
  }

  // lookFilter applies to every character that is opened.
  get lookFilter(): LookFilter {
    const { lookSearch, orientation, readyOnly } = this.filter;
    const initial = ORIENTATIONS.find((known) => known === this.host.orientation) ?? null;
    return { lookSearch, orientation: orientation === undefined ? initial : orientation, readyOnly };
  }

  filterLooks(change: Partial<LookFilter> | null): void {
    this.debounce.cancel();
    this.text = null;
    this.filter = change ? { ...this.filter, ...change } : NO_FILTER;
    this.applyFilter();
  }

  // applyFilter requests the looks again if their filter has changed.
  applyFilter(): void {
    const filter = JSON.stringify(this.lookFilter);
    if (filter === this.applied) return;
    this.applied = filter;
    this.looks?.setQuery(this.query);
    if (this.body.value) this.body.value.scrollTop = 0;
    this.host.requestUpdate();
  }

  private get query() {
    const { lookSearch, orientation, readyOnly } = this.lookFilter;
    return { search: lookSearch, orientation: (orientation?.toUpperCase() ?? null) as GqlOrientation | null, readyOnly };
  }

  // load requests the character and its looks.
  load(): void {
    const { client } = this.host;
    if (!client || !this.groupId) return;
    this.looks?.close();
    this.looks = new LookList(client, this.known?.id ?? argumentOf('AvatarGroup', this.groupId));
    this.looks.addEventListener('change', () => this.host.requestUpdate());
    this.applied = JSON.stringify(this.lookFilter);
    this.looks.setQuery(this.query);
  }

  close(): void {
    this.debounce.cancel();
    this.looks?.close();
    this.looks = null;
    this.groupId = this.known = this.text = this.preview = this.revealed = null;
    this.voices.close(false);
    this.unobserve();
    this.host.requestUpdate();
  }

  // loaded resolves when the first page of looks has been loaded or has failed.
  loaded(): Promise<LookList | null> {
    const { looks } = this;
    return new Promise((resolve) => {
      const check = () => {
        if (looks?.loading) return;
        looks?.removeEventListener('change', check);
        looks?.removeEventListener('close', check);
        resolve(looks);
      };
      looks?.addEventListener('change', check);
      looks?.addEventListener('close', check);
      check();
    });
  }

  hostUpdated(): void {
    if (this.focusPending && this.heading.value) {
      this.focusPending = false;
      this.heading.value.focus({ preventScroll: true });
    }
    const body = this.body.value;
    if (!body || !this.host.isConnected) return this.unobserve();
    this.reveal(body);
    this.observer ??= new IntersectionObserver((entries) => this.intersect(entries));
    const training = new Set(body.querySelectorAll('[data-training]'));
    for (const element of this.observed) {
      if (training.has(element)) continue;
      this.observer.unobserve(element);
      this.visible.delete((element as HTMLElement).dataset.training ?? '');
    }
    for (const element of training) if (!this.observed.has(element)) this.observer.observe(element);
    this.observed = training;
    this.watch();
  }

  // reveal scrolls to the chosen look, once, if less than half of what fits is visible: the voice and the slot, which
  // appear with the choice, may cover it. Element.scrollIntoView would scroll the page as well.
  private reveal(body: HTMLElement): void {
    const id = this.host.chosen.look?.id ?? null;
    const look = body.querySelector('[data-chosen]');
    if (id === this.revealed || (id !== null && !look)) return;
    this.revealed = id;
    if (!look) return;
    const { top, bottom, height } = look.getBoundingClientRect();
    const space = body.getBoundingClientRect();
    const visible = Math.min(bottom, space.bottom) - Math.max(top, space.top);
    if (visible < Math.min(height, space.height) / 2) body.scrollTop += top - space.top - REVEAL_MARGIN;
  }

  private intersect(entries: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const id = (target as HTMLElement).dataset.training ?? '';
      if (isIntersecting) this.visible.add(id);
      else this.visible.delete(id);
    }
    this.watch();
  }

  // watch watches the chosen look first, also while the panel is closed.
  private watch(): void {
    const { look } = this.host.chosen;
    this.lookWatchers.watch([...new Set(look && inTraining(look) ? [look.id, ...this.visible] : this.visible)]);
    const character = this.looks?.character;
    const training = character?.status === 'PROCESSING' || character?.status === 'PENDING_CONSENT';
    this.groupWatchers.watch(character && training ? [character.id] : []);
  }

  private unobserve(): void {
    this.observer?.disconnect();
    this.observer = null;
    this.observed.clear();
    this.visible.clear();
    this.watch();
  }

  private readonly setPreview = (lookId: string | null): void => {
    if (this.preview === lookId) return;
    this.preview = lookId;
    this.host.requestUpdate();
  };

  private readonly scroll = (event: Event): void => {
    const { scrollTop, clientHeight, scrollHeight } = event.currentTarget as HTMLElement;
    if (scrollTop + clientHeight > scrollHeight - NEAR_END) this.looks?.loadMore();
  };

  render(): TemplateResult | typeof nothing {
    if (this.groupId === null) return nothing;
    const { i18n, narrow } = this.host;
    const character = this.character;
    const name = character?.name ?? '';
    return html`<section
      class="panel"
      part="panel"
      role=${narrow ? 'dialog' : 'region'}
      aria-labelledby="panel-name"
    >
      <header class="panel-header">
        <span class="portrait">${this.host.previewImages.image(character?.previewImageUrl ?? null, name)}</span>
        <div class="panel-title">
          <h2 id="panel-name" tabindex="-1" ${ref(this.heading)}><bdi>${name === '' ? i18n.t(this.placeholder) : name}</bdi></h2>
          ${character ? html`<p>${this.summary(character)}</p>` : nothing}
        </div>
        <button type="button" class="round" part="button" aria-label=${i18n.t('close')} @click=${() => this.host.closePanel()}>
          ${closeIcon}
        </button>
      </header>
      ${narrow ? renderNotices(this.host) : nothing}
      ${this.voices.isOpen ? this.voices.renderList() : this.renderLooks(name)} ${this.renderChosen()}
    </section>`;
  }

  // escape closes what is open, the voices first. It returns whether anything was.
  escape(): boolean {
    if (this.groupId === null) return false;
    if (this.voices.isOpen) this.voices.close();
    else this.host.closePanel();
    return true;
  }

  // Heading while the character is unknown.
  private get placeholder(): MessageKey {
    if (this.looks?.missing) return 'empty';
    return this.looks?.error ? 'errorTitle' : 'loading';
  }

  private summary(character: Character): string {
    const { i18n } = this.host;
    const { genderCategory: gender, ownership, status } = character;
    const parts = [i18n.t('looks', { count: character.looksCount })];
    if (gender !== 'UNKNOWN') parts.unshift(i18n.t(`gender${gender}`));
    if (ownership) parts.push(i18n.t(`ownership${ownership}`));
    if (status && status !== 'COMPLETED' && status !== 'UNKNOWN') parts.push(i18n.t(`status${status}`));
    return parts.join(' · ');
  }

  private renderLooks(name: string): TemplateResult {
    const { i18n, chosen } = this.host;
    const { looks } = this;
    const items = looks?.items ?? [];
    const { lookSearch, orientation, readyOnly } = this.lookFilter;
    if (looks?.missing) return html`<div class="panel-body">${this.renderRest(0)}</div>`;
    return html`<div class="panel-filters">
        <div class="search">
          <input
            type="search"
            maxlength=${MAX_SEARCH_LENGTH}
            autocomplete="off"
            dir=${(this.text ?? lookSearch) === '' ? nothing : 'auto'}
            aria-label=${i18n.t('searchLooks')}
            placeholder=${i18n.t('searchLooks')}
            .value=${live(this.text ?? lookSearch)}
            @input=${(event: Event) => {
              event.stopPropagation();
              this.text = (event.target as HTMLInputElement).value;
              this.debounce.schedule(() => this.host.filterLooks({ lookSearch: (this.text ?? '').trim() }));
            }}
            @change=${stop}
            @keydown=${(event: KeyboardEvent) => {
              if (event.key !== 'Escape' || (this.text ?? lookSearch) === '') return;
              consume(event);
              this.host.filterLooks({ lookSearch: '' });
              this.host.requestUpdate();
            }}
          />
        </div>
        <label class="chip toggle" ?data-active=${readyOnly}>
          <input
            type="checkbox"
            .checked=${live(readyOnly)}
            @input=${stop}
            @change=${(event: Event) => {
              event.stopPropagation();
              this.host.filterLooks({ readyOnly: (event.target as HTMLInputElement).checked });
            }}
          />${i18n.t('readyOnly')}
        </label>
        <span class="select chip" ?data-active=${orientation !== null}>
          <select
            aria-label=${i18n.t('orientation')}
            @input=${stop}
            @change=${(event: Event) => {
              event.stopPropagation();
              const value = (event.target as HTMLSelectElement).value;
              this.host.filterLooks({ orientation: value === '' ? null : (value as Orientation) });
            }}
          >
            <option value="" .selected=${live(orientation === null)}>${i18n.t('orientationAll')}</option>
            ${ORIENTATIONS.map(
              (value) =>
                html`<option value=${value} .selected=${live(orientation === value)}>
                  ${i18n.t(`orientation${value.toUpperCase()}` as MessageKey)}
                </option>`,
            )}
          </select>
          ${chevronIcon}
        </span>
      </div>
      <div class="panel-body" @scroll=${this.scroll} ${ref(this.body)}>
        ${items.length > 0
          ? html`<div class="looks" role="radiogroup" aria-label=${i18n.t('looksOf', { name })} aria-required=${this.host.required}>
              ${items.map((look) => renderLook(this.host, look, look.lookId === chosen.look?.lookId, look.lookId === this.preview, this.setPreview, this.character))}
            </div>`
          : nothing}
        ${this.renderRest(items.length)}
      </div>`;
  }

  private renderRest(count: number): TemplateResult | typeof nothing {
    const { i18n } = this.host;
    const { looks } = this;
    if (!looks) return nothing;
    if (looks.error) return renderError(this.host, looks.error, () => looks.retry());
    if (looks.missing) return html`<p class="note" part="error" role="alert">${i18n.t('error_NOT_FOUND')}</p>`;
    if (looks.loading) {
      return html`<div class="looks" aria-hidden="true">
        ${Array.from({ length: count > 0 ? 2 : 4 }, () => html`<div class="skeleton"><div class="image"></div><div class="line"></div></div>`)}
      </div>`;
    }
    if (count === 0) {
      const { lookSearch, orientation, readyOnly } = this.lookFilter;
      if (lookSearch === '' && orientation === null && !readyOnly) return html`<p class="note" part="empty">${i18n.t('looksNone')}</p>`;
      const clear = (event: Event) => {
        keepFocus(event);
        this.host.filterLooks({ ...NO_FILTER, orientation: null });
      };
      return html`<div class="note" part="empty">
        <p>${i18n.t('looksEmpty')}</p>
        <button type="button" class="button" part="button" @click=${clear}>${i18n.t('clearFilters')}</button>
      </div>`;
    }
    if (looks.complete) return nothing;
    return html`<div class="more">
      ${looks.total === null ? nothing : html`<span>${i18n.t('shown', { shown: count, total: looks.total })}</span>`}
      <button type="button" class="button" part="button" @click=${() => looks.loadMore()}>${i18n.t('loadMore')}</button>
    </div>`;
  }

  private renderChosen(): TemplateResult | typeof nothing {
    const { chosen } = this.host;
    if (!chosen.look || chosen.look.groupId !== this.groupId) return nothing;
    return html`<div class="chosen">${this.voices.renderVoice()}<slot name="selection" ?hidden=${this.voices.isOpen}></slot></div>`;
  }
}

function stop(event: Event): void {
  event.stopPropagation();
}
