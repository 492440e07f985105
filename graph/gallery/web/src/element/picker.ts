import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { CharacterList, type Character } from '../data/characters';
import { GraphQLClient } from '../data/client';
import { PickerError } from '../data/errors';
import { fetchLook, type Look } from '../data/looks';
import { fetchVoice, type Voice } from '../data/voices';
import { Translator } from '../messages';
import type { AvatarSelection, HeyGenAvatarPicker, Orientation, Ownership, PickerErrorDetail, PickerView } from '../picker';
import { Environment, languagesOf } from './environment';
import { FormControl } from './form';
import { Grid } from './grid';
import type { PickerHost, Query } from './host';
import { offlineIcon } from './icons';
import { argumentOf } from './ids';
import { Panel } from './panel';
import { Player } from './player';
import { Previews } from './previews';
import { Selection } from './selection';
import { announcement, keepFocus, messageOf } from './state';
import { styles } from './styles';
import { Toolbar } from './toolbar';
import { normalizeView } from './view';

const TAG = 'heygen-avatar-picker';
const script = import.meta.url;

class Picker extends FormControl implements PickerHost {
  static override styles = styles;
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override properties: PropertyDeclarations = {
    endpoint: { type: String },
    token: { type: String },
    apiKey: { attribute: false },
    ownership: { type: String },
    orientation: { type: String },
    theme: { type: String, reflect: true },
    previews: { type: String },
    name: { type: String, reflect: true },
    required: { type: Boolean, reflect: true },
    disabled: { type: Boolean, reflect: true },
    value: { attribute: false, noAccessor: true },
    view: { attribute: false, noAccessor: true },
  };

  declare endpoint: string;
  declare token: string | null;
  declare apiKey: string | null;
  declare ownership: Ownership | null;
  declare orientation: Orientation | null;
  declare theme: 'light' | 'dark' | 'auto';
  declare previews: 'show' | 'ask';

  i18n = new Translator([]);
  client: GraphQLClient | null = null;
  list: CharacterList | null = null;
  query: Query = normalizeView(null);
  readonly chosen = new Selection();
  readonly previewImages = new Previews(() => this.requestUpdate());
  readonly player = new Player(() => this.requestUpdate());
  private readonly environment = new Environment(this, () => this.retry());
  private readonly grid = new Grid(this);
  private readonly panel = new Panel(this);
  private readonly toolbar = new Toolbar(this);
  private tags = ''; // language tags of i18n
  private lookId = '';
  private knownView = '';
  private resolving: AbortController | null = null;
  private resolvingVoice: AbortController | null = null;
  private readonly reported = new WeakSet<PickerError>();
  private clientWaiters: ((client: GraphQLClient) => void)[] = [];

  constructor() {
    super();
    this.endpoint = new URL('/graphql', script).href;
    this.token = null;
    this.apiKey = null;
    this.ownership = null;
    this.orientation = null;
    this.theme = 'auto';
    this.previews = 'show';
    this.knownView = JSON.stringify(this.view);
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang', 'value'];
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (name === 'value') {
      if (!this.touched && old !== value) this.value = value ?? '';
    } else if (name === 'lang') this.requestUpdate();
    else super.attributeChangedCallback(name, old, value);
  }

  get narrow(): boolean {
    return this.environment.narrow;
  }

  get still(): boolean {
    return this.environment.still;
  }

  get openGroupId(): string | null {
    return this.panel.groupId;
  }

  get selection(): AvatarSelection | null {
    return this.chosen.detail;
  }

  override get value(): string {
    return this.lookId;
  }

  override set value(value: string | null | undefined) {
    const lookId = String(value ?? '');
    if (lookId === this.lookId) return;
    if (lookId === '') this.clear();
    else this.select(lookId).catch(() => undefined); // reported as picker-error
  }

  get view(): PickerView {
    const { search, gender, status, order } = this.query;
    const ownership = this.ownership ?? this.query.ownership;
    return { search, gender: [...gender], status: [...status], ownership, order, groupId: this.panel.groupId, lookId: this.lookId || null };
  }

  set view(view: PickerView) {
    const { groupId, lookId, ...query } = normalizeView(view);
    this.toolbar.reset();
    this.setQuery(query);
    if (groupId === null) this.closePanel(this.shadowRoot?.activeElement?.closest('.panel') != null);
    else this.panel.open(groupId, null, false);
    if (lookId === null) this.clear();
    else if (lookId !== this.lookId) this.resolve(lookId, groupId).catch(() => undefined);
    this.knownView = JSON.stringify(this.view);
  }

  async select(lookId: string): Promise<AvatarSelection> {
    return this.resolve(lookId, null);
  }

  clear(): void {
    this.resolving?.abort();
    this.resolvingVoice?.abort();
    this.chosen.clear();
    this.setLookId('');
  }

  reload(): void {
    this.previewImages.retry();
    this.start();
    this.panel.load();
  }

  override focus(options?: FocusOptions): void {
    this.toolbar.searchField?.focus(options);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resolving?.abort();
    this.resolvingVoice?.abort();
    this.player.stop();
    this.list?.close();
    this.list = null;
    this.client = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const tags = languagesOf(this);
    if (tags.join() !== this.tags) {
      this.tags = tags.join();
      this.i18n = new Translator(tags);
    }
    this.previewImages.mode = this.previews;
    this.previewImages.endpoint = this.endpoint;
    if (!this.isConnected) return;
    if (!this.client || ['endpoint', 'token', 'apiKey'].some((name) => changed.has(name))) {
      const { endpoint, token, apiKey } = this;
      this.client = new GraphQLClient({ endpoint: new URL(endpoint, document.baseURI).href, token, apiKey });
      this.start();
      this.panel.load();
      const waiters = this.clientWaiters.splice(0);
      for (const resolve of waiters) resolve(this.client);
      if (waiters.length === 0 && this.lookId && !this.chosen.look) this.resolve(this.lookId, this.panel.groupId).catch(() => undefined);
    } else if (changed.has('ownership')) this.start();
  }

  protected override updated(): void {
    this.syncValidity(this.lookId, this.i18n.t('required'), this.toolbar.searchField);
    for (const error of [this.list?.error, this.panel.looks?.error, this.panel.voices.error]) if (error) this.report(error);
    const view = JSON.stringify(this.view);
    if (view === this.knownView) return;
    this.knownView = view;
    this.dispatch('picker-view-change', this.view);
  }

  // start requests the list of characters from its start.
  private start(): void {
    const { client } = this;
    if (!client) return;
    this.list?.close();
    const list = new CharacterList(client);
    this.list = list;
    list.addEventListener('change', () => this.requestUpdate());
    this.grid.reset();
    list.setQuery(this.listQuery);
    this.requestUpdate();
  }

  private get listQuery() {
    const { search, gender, status, order } = this.query;
    const ownership = this.ownership ?? this.query.ownership;
    return { search, gender, status, order, ownership: ownership === null ? null : (ownership.toUpperCase() as 'PUBLIC' | 'PRIVATE') };
  }

  private setQuery(query: Query): void {
    if (JSON.stringify({ ...this.query, ...query }) === JSON.stringify(this.query)) return;
    this.query = { ...this.query, ...query };
    this.grid.reset();
    this.list?.setQuery(this.listQuery);
    this.requestUpdate();
  }

  search(change: Partial<Query>): void {
    this.setQuery({ ...this.query, ...change });
  }

  private retry(): void {
    this.list?.retry();
    this.panel.looks?.retry();
    this.panel.voices.retry();
    if (this.lookId && !this.chosen.look) this.resolve(this.lookId, this.panel.groupId).catch(() => undefined);
  }

  openCharacter(character: Character): void {
    this.panel.open(character.groupId, character, true);
  }

  closePanel(focus = true): void {
    const { groupId } = this.panel;
    this.panel.close();
    if (groupId && focus) this.grid.focusCharacter(groupId);
  }

  chooseLook(look: Look, character: Character): void {
    this.resolving?.abort();
    this.touched = true;
    this.apply(look, character);
    this.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }

  updateLook(look: Look): void {
    if (look.id !== this.chosen.look?.id) return;
    const before = JSON.stringify(this.selection);
    this.chosen.look = look;
    if (this.selection && JSON.stringify(this.selection) !== before) this.dispatch('avatar-select', this.selection);
  }

  chooseVoice(voice: Voice | null): void {
    this.chosen.userVoice = voice;
    this.requestUpdate();
    if (this.selection) this.dispatch('avatar-select', this.selection);
  }

  // apply makes the look the selection. Its default voice is requested unless it is known.
  private apply(look: Look, character: Character | null, voice: Voice | null = knownVoice(look, character)): void {
    this.resolvingVoice?.abort();
    this.chosen.set(look, character, voice);
    this.setLookId(look.lookId);
    if (this.selection) this.dispatch('avatar-select', this.selection);
    if (!voice && look.defaultVoiceId) void this.resolveVoice(look.defaultVoiceId);
  }

  private async resolveVoice(voiceId: string): Promise<void> {
    if (!this.client) return;
    const { signal } = (this.resolvingVoice = new AbortController());
    const voice = await fetchVoice(this.client, argumentOf('Voice', voiceId), signal).catch((error: unknown) => {
      if (!signal.aborted && error instanceof PickerError) this.report(error);
      return null;
    });
    if (signal.aborted || !voice) return;
    this.chosen.defaultVoice = voice;
    this.requestUpdate();
    if (this.selection && !this.chosen.userVoice) this.dispatch('avatar-select', this.selection);
  }

  // resolve selects a look by its id: from the open character, if its first page has the look, or else by a request.
  private async resolve(lookId: string, groupId: string | null): Promise<AvatarSelection> {
    this.resolving?.abort();
    const { signal } = (this.resolving = new AbortController());
    if (this.lookId !== lookId) this.chosen.clear();
    this.setLookId(lookId);
    try {
      const client = this.client ?? (await new Promise<GraphQLClient>((resolve) => this.clientWaiters.push(resolve)));
      if (groupId !== null && groupId === this.panel.groupId) {
        const looks = await this.panel.loaded();
        signal.throwIfAborted();
        const look = looks?.items.find((item) => item.lookId === lookId);
        if (look) this.apply(look, this.panel.character);
        if (look) return this.selection!;
      }
      signal.throwIfAborted();
      const look = await fetchLook(client, argumentOf('AvatarLook', lookId), signal);
      signal.throwIfAborted();
      if (!look) throw new PickerError('NOT_FOUND', `There is no look ${lookId}.`);
      this.apply(look, look.group, look.defaultVoice);
      if (look.groupId && groupId === null) this.panel.open(look.groupId, look.group, false);
      return this.selection!;
    } catch (error) {
      if (signal.aborted) throw { code: 'ABORTED', message: 'Another look has been selected.' } satisfies PickerErrorDetail;
      const failure = error instanceof PickerError ? error : new PickerError('INTERNAL', String(error));
      if (failure.code === 'NOT_FOUND' || failure.code === 'BAD_USER_INPUT') this.clear();
      throw this.report(failure);
    }
  }

  private setLookId(lookId: string): void {
    this.lookId = lookId;
    this.syncValue(lookId);
    this.requestUpdate();
  }

  // report dispatches picker-error, once for each error.
  private report(error: PickerError): PickerErrorDetail {
    const { code, retryAfter, status } = error;
    const detail: PickerErrorDetail = { code, message: messageOf(this.i18n, error) };
    if (retryAfter !== undefined) detail.retryAfter = retryAfter;
    if (status !== undefined) detail.status = status;
    if (!this.reported.has(error)) this.dispatch('picker-error', detail);
    this.reported.add(error);
    return detail;
  }

  private dispatch(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  protected override render(): TemplateResult {
    const { i18n, narrow, panel, list } = this;
    const isOpen = panel.groupId !== null;
    return html`<div
      class="root"
      tabindex="-1"
      lang=${i18n.language}
      dir=${i18n.direction === 'rtl' ? 'rtl' : nothing}
      ?data-narrow=${narrow}
      ?inert=${this.isDisabled}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Escape' && !event.defaultPrevented && panel.escape()) event.stopPropagation();
      }}
    >
      <div class="main" ?inert=${narrow && isOpen}>
        ${this.toolbar.render()} ${this.renderBanners()} ${this.grid.render()}
      </div>
      ${panel.render()}
      <p class="hidden" role="status">${announcement(i18n, list, panel.looks)}</p>
    </div>`;
  }

  private readonly consent = (event: Event): void => {
    keepFocus(event);
    this.previewImages.consent();
  };

  private renderBanners(): TemplateResult {
    const { i18n, previewImages, environment } = this;
    return html`${environment.offline
      ? html`<div class="banner" role="status" data-offline>${offlineIcon}<span>${i18n.t('offline')}</span></div>`
      : nothing}
    ${previewImages.needsConsent
      ? html`<div class="banner">
          <span>${i18n.t('previewsHidden')}</span>
          <button type="button" class="button" part="button" @click=${this.consent}>${i18n.t('previewsShow')}</button>
        </div>`
      : nothing}
    ${this.showsInvalid && this.lookId === ''
      ? html`<div class="banner" part="error" role="alert" data-invalid><span>${i18n.t('required')}</span></div>`
      : nothing}`;
  }
}

function knownVoice(look: Look, character: Character | null): Voice | null {
  const voice = (character as { defaultVoice?: Voice | null } | null)?.defaultVoice;
  return voice && voice.voiceId === look.defaultVoiceId ? voice : null;
}

// The class has what the public types promise.
Picker satisfies new () => Omit<HeyGenAvatarPicker, 'addEventListener'>;

if (!customElements.get(TAG)) customElements.define(TAG, Picker);
