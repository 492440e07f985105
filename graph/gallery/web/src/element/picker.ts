import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { CharacterList, type Character } from '../data/characters';
import { GraphQLClient } from '../data/client';
import type { PickerError } from '../data/errors';
import type { Look, LookList } from '../data/looks';
import type { Voice } from '../data/voices';
import { languages, type PickerTranslator } from '../messages';
import { Translator } from '../messages/translator';
import type { AvatarSelection, HeyGenAvatarPicker, Orientation, Ownership, PickerErrorDetail, PickerView } from '../picker';
import { Choice, type ChoiceHost } from './choice';
import { defaultEndpoint, resolveEndpoint } from './endpoint';
import { Environment, languagesOf } from './environment';
import { FormControl } from './form';
import { Grid } from './grid';
import type { LookFilter, PickerHost } from './host';
import { renderBanners } from './notices';
import { Panel } from './panel';
import { Player } from './player';
import { Previews } from './previews';
import type { Selection } from './selection';
import { announcement, consume, messageOf } from './state';
import { styles } from './styles';
import { Toolbar } from './toolbar';
import { listQueryOf, normalizeView, OWNERSHIPS, type Query, queryOf } from './view';

const TAG = 'heygen-avatar-picker';
const credentials = ['endpoint', 'token', 'apiKey'];

class Picker extends FormControl implements PickerHost, ChoiceHost {
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

  i18n: PickerTranslator = new Translator(languages, []);
  client: GraphQLClient | null = null;
  list: CharacterList | null = null;
  query: Query = queryOf(normalizeView(null));
  readonly openLooks = (): Promise<LookList | null> => this.panel.loaded();
  readonly updateLook = (look: Look): void => this.choice.update(look);
  readonly previewImages = new Previews(() => this.requestUpdate());
  readonly player = new Player(() => this.requestUpdate());
  private readonly choice = new Choice(this);
  private readonly environment = new Environment(this, () => this.retry());
  private readonly grid = new Grid(this);
  private readonly panel = new Panel(this);
  private readonly toolbar = new Toolbar(this);
  private tags = ''; // language tags of i18n
  private knownView: PickerView; // by the page
  private readonly reported = new WeakSet<PickerError>();

  constructor() {
    super();
    this.endpoint = defaultEndpoint;
    this.token = null;
    this.apiKey = null;
    this.ownership = null;
    this.orientation = null;
    this.theme = 'auto';
    this.previews = 'show';
    this.knownView = this.view;
    this.addEventListener('click', (event) => {
      if (event.composedPath()[0] === this) this.focus(); // on a label of the element
    });
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang', 'value'];
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (name === 'value') {
      if (!this.touched && old !== value) this.setValue(value ?? '');
    } else if (name === 'lang') this.requestUpdate();
    else super.attributeChangedCallback(name, old, value);
  }

  get narrow(): boolean {
    return this.environment.narrow;
  }

  get still(): boolean {
    return this.environment.still;
  }

  get offline(): boolean {
    return this.environment.offline;
  }

  get chosen(): Selection {
    return this.choice.selection;
  }

  get unresolved(): PickerError | null {
    return this.choice.unresolved;
  }

  get isMissing(): boolean {
    return this.required && this.showsInvalid && this.value === '';
  }

  get openGroupId(): string | null {
    return this.panel.groupId;
  }

  get selection(): AvatarSelection | null {
    return this.chosen.detail;
  }

  override get value(): string {
    return this.choice.lookId;
  }

  override set value(value: string | null | undefined) {
    this.touched = true;
    this.setValue(String(value ?? ''));
  }

  protected override setValue(lookId: string): void {
    if (lookId === this.value) return;
    if (lookId === '') this.deselect();
    else this.choice.select(lookId, null).catch(() => undefined); // reported as picker-error
  }

  override formResetCallback(): void {
    super.formResetCallback();
    this.choice.selectVoice(null);
  }

  get fixedOwnership(): Ownership | null {
    return OWNERSHIPS.find((known) => known === this.ownership) ?? null;
  }

  get view(): PickerView {
    const { search, gender, status, order } = this.query;
    const ownership = this.fixedOwnership ?? this.query.ownership;
    const { groupId, lookFilter } = this.panel;
    return { search, gender: [...gender], status: [...status], ownership, order, ...lookFilter, groupId, lookId: this.value || null, voiceId: this.choice.voiceId };
  }

  set view(view: Partial<PickerView>) {
    const normalized = normalizeView(view);
    const { groupId, lookId, voiceId, lookSearch, orientation, readyOnly } = normalized;
    this.toolbar.reset();
    this.search({ ...queryOf(normalized), ...(this.fixedOwnership && { ownership: this.query.ownership }) });
    this.panel.filterLooks({ lookSearch, orientation, readyOnly });
    if (groupId === null) this.closePanel(this.shadowRoot?.activeElement?.closest('.panel') != null);
    else this.panel.open(groupId, null, false);
    this.touched = true;
    if (lookId === null) this.deselect();
    else if (lookId !== this.value) this.choice.select(lookId, groupId).catch(() => undefined);
    this.choice.selectVoice(voiceId);
    this.knownView = this.view;
  }

  async select(lookId: string): Promise<AvatarSelection> {
    this.touched = true;
    return this.choice.select(String(lookId), null);
  }

  clear(): void {
    this.touched = true;
    this.deselect();
  }

  private deselect(): void {
    this.panel.voices.close(false);
    this.choice.clear();
  }

  reload(): void {
    this.previewImages.retry();
    this.start();
    this.panel.load();
    this.panel.voices.load();
    this.choice.ensure();
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
    this.stop();
    queueMicrotask(() => {
      if (!this.isConnected) this.choice.abort(); // the element is removed, and not moved
    });
  }

  // stop cancels what is in flight, and shows nothing. What selects a look waits for the next client.
  private stop(): void {
    this.choice.suspend();
    this.player.stop();
    this.list?.close();
    this.list = null;
    this.client = null;
    this.panel.unload();
    this.panel.voices.close(false);
  }

  protected override willUpdate(changed: PropertyValues): void {
    const tags = languagesOf(this);
    if (tags.join() !== this.tags) {
      this.tags = tags.join();
      this.i18n = new Translator(languages, tags);
    }
    const endpoint = resolveEndpoint(this.endpoint);
    this.previewImages.asking = (this.previews ?? 'show') !== 'show';
    this.previewImages.endpoint = endpoint;
    if (!this.isConnected) return;
    if (this.token === '') this.stop(); // until the page sets it
    else if (!this.client || credentials.some((name) => changed.has(name))) {
      const { token, apiKey } = this;
      this.client = new GraphQLClient({ endpoint, token, apiKey });
      this.start();
      this.panel.load();
      this.panel.voices.load(); // an open list would go on with the old token
      this.choice.renew(this.client, credentials.some((name) => changed.has(name)));
    } else if (changed.has('ownership')) this.start();
    if (changed.has('orientation')) this.panel.applyFilter();
    const { ownership, orientation } = this.view;
    if (changed.has('ownership') || changed.has('orientation')) Object.assign(this.knownView, { ownership, orientation });
  }

  protected override updated(): void {
    this.updateValidity();
    for (const error of [this.list?.error, this.panel.looks?.error, this.panel.voices.error]) if (error) this.report(error);
    if (JSON.stringify(this.view) === JSON.stringify(this.knownView)) return;
    this.knownView = this.view;
    this.dispatch('picker-view-change', this.view);
  }

  // start requests the list of characters from its start.
  private start(): void {
    const { client } = this;
    if (!client) return;
    this.list?.close();
    this.list = new CharacterList(client);
    this.list.addEventListener('change', () => this.requestUpdate());
    this.grid.reset();
    this.list.setQuery(listQueryOf(this.query, this.fixedOwnership));
    this.requestUpdate();
  }

  search(change: Partial<Query>): void {
    const query = { ...this.query, ...change };
    if (JSON.stringify(query) === JSON.stringify(this.query)) return;
    this.query = query;
    this.grid.reset();
    this.list?.setQuery(listQueryOf(query, this.fixedOwnership));
    this.requestUpdate();
  }

  get lookFilter(): LookFilter {
    return this.panel.lookFilter;
  }

  filterLooks(change: Partial<LookFilter> | null): void {
    this.panel.filterLooks(change);
  }

  retry(): void {
    this.list?.retry();
    this.panel.looks?.retry();
    this.panel.voices.retry();
    this.choice.ensure();
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
    this.choice.abort();
    this.touched = true;
    this.player.stop();
    this.choice.set(look, character);
    this.dispatchInput();
  }

  chooseVoice(voice: Voice | null): void {
    this.choice.setVoice(voice);
  }

  openChosen(): void {
    const { look, character } = this.chosen;
    if (look?.groupId) this.panel.open(look.groupId, character, true);
  }

  removeChosen(): void {
    this.clear();
    this.focus();
    this.dispatchInput();
  }

  showLook(groupId: string, character: Character | null): void {
    this.panel.filterLooks(null); // which may hide the look
    this.panel.open(groupId, character, false);
  }

  lookIdChanged(): void {
    this.syncValue(this.value);
    this.updateValidity();
    this.requestUpdate();
  }

  selectionChanged(): void {
    this.requestUpdate();
    this.dispatch('avatar-select', this.selection);
  }

  private updateValidity(): void {
    const { i18n, narrow, panel, toolbar } = this;
    const anchor = narrow && panel.groupId !== null ? panel.nameHeading : toolbar.searchField;
    this.syncValidity(this.value, i18n.t('label'), i18n.t('required'), anchor);
  }

  // report dispatches picker-error, once for each error.
  report(error: PickerError): PickerErrorDetail {
    const { retryAfter, status } = error;
    const detail = this.detailOf(error.code, error);
    if (retryAfter !== undefined) detail.retryAfter = retryAfter;
    if (status !== undefined) detail.status = status;
    if (this.reported.has(error)) return detail;
    this.reported.add(error);
    this.requestUpdate(); // unresolved may be this error
    this.dispatch('picker-error', detail);
    return detail;
  }

  detailOf(code: string, error: { code: string; retryAfter?: number } = { code }): PickerErrorDetail {
    return { code, message: messageOf(this.i18n, error, !!this.apiKey) };
  }

  private dispatch(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  protected override render(): TemplateResult {
    const { i18n, narrow, panel, list } = this;
    const isOpen = panel.groupId !== null;
    return html`<div
      class="root"
      part="root"
      tabindex="-1"
      lang=${i18n.language}
      dir=${i18n.direction}
      ?data-narrow=${narrow}
      ?data-short=${this.environment.short}
      ?inert=${this.isDisabled}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Escape' && !event.defaultPrevented && panel.escape()) consume(event);
      }}
    >
      <div class="main" ?inert=${narrow && isOpen}>
        ${this.toolbar.render()} ${renderBanners(this)} ${this.grid.render()}
      </div>
      ${panel.render()}
      <p class="hidden" role="status">${announcement(i18n, list, panel.looks)}</p>
    </div>`;
  }

}

Picker satisfies new () => Omit<HeyGenAvatarPicker, 'addEventListener'>;

if (!customElements.get(TAG)) customElements.define(TAG, Picker);
