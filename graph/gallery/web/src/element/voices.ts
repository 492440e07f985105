import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { createRef, ref } from 'lit/directives/ref.js';
import { type Voice, VoiceList, type VoiceQuery } from '../data/voices';
import { Debounce } from './debounce';
import type { PickerHost } from './host';
import { backIcon, checkIcon, chevronIcon, playIcon, stopIcon, voiceIcon } from './icons';
import { consume, renderError } from './state';
import { MAX_SEARCH_LENGTH } from './view';

// Languages as HeyGen names them, with their codes.
const LANGUAGES: Record<string, string> = {
  Arabic: 'ar', Chinese: 'zh', Czech: 'cs', Danish: 'da', Dutch: 'nl', English: 'en', Finnish: 'fi', French: 'fr',
  German: 'de', Greek: 'el', Hebrew: 'he', Hindi: 'hi', Hungarian: 'hu', Indonesian: 'id', Italian: 'it', Japanese: 'ja',
  Korean: 'ko', Norwegian: 'no', Polish: 'pl', Portuguese: 'pt', Romanian: 'ro', Russian: 'ru', Spanish: 'es',
  Swedish: 'sv', Thai: 'th', Turkish: 'tr', Ukrainian: 'uk', Vietnamese: 'vi',
}; // prettier-ignore
const NEAR_END = 400; // pixels

const stop = (event: Event): void => event.stopPropagation();

// VoicePicker is the voice of the chosen look, and the list of voices to change it.
export class VoicePicker implements ReactiveController {
  private list: VoiceList | null = null;
  private query: VoiceQuery = { type: 'PUBLIC', search: '', language: null, gender: null };
  private text: string | null = null;
  private readonly seenLanguages = new Set<string>();
  private readonly debounce = new Debounce();
  private readonly changeButton = createRef<HTMLButtonElement>();
  private readonly searchInput = createRef<HTMLInputElement>();
  private focusPending: 'list' | 'button' | null = null;

  constructor(private readonly host: PickerHost) {
    host.addController(this);
  }

  get isOpen(): boolean {
    return this.list !== null;
  }

  get error() {
    return this.list?.error ?? null;
  }

  hostDisconnected(): void {
    this.close(false);
  }

  hostUpdated(): void {
    const target = this.focusPending === 'list' ? this.searchInput.value : this.changeButton.value;
    if (!this.focusPending || !target) return;
    this.focusPending = null;
    target.focus();
  }

  retry(): void {
    this.list?.retry();
  }

  private open(): void {
    this.start();
    this.focusPending = 'list';
  }

  // load requests the voices again, if the list is open.
  load(): void {
    if (this.list) this.start();
  }

  private start(): void {
    const { client } = this.host;
    if (!client) return;
    this.list?.close();
    this.list = new VoiceList(client);
    this.list.addEventListener('change', () => {
      for (const { language } of this.list?.items ?? []) if (language) this.seenLanguages.add(language);
      this.host.requestUpdate();
    });
    this.list.setQuery(this.query);
  }

  // close returns the focus to the button that has opened the list, unless that is closed as well.
  close(focus = true): void {
    this.debounce.cancel();
    this.host.player.stop();
    if (!this.list) return;
    this.list.close();
    this.list = null;
    this.text = null;
    this.focusPending = focus ? 'button' : null;
    this.host.requestUpdate();
  }

  private filter(change: Partial<VoiceQuery>): void {
    this.query = { ...this.query, ...change };
    this.host.player.stop(); // a sample of a voice that may not be in the list any more
    this.list?.setQuery(this.query);
  }

  private choose(voice: Voice): void {
    this.close();
    this.host.chooseVoice(voice);
  }

  // reset returns to the default voice. The button that does it disappears.
  private reset(): void {
    this.focusPending = 'button';
    this.host.player.stop();
    this.host.chooseVoice(null);
  }

  // renderVoice returns the voice of the chosen look.
  renderVoice(): TemplateResult {
    const { i18n, chosen } = this.host;
    const { voice, userVoice, look } = chosen;
    const label = userVoice ? i18n.t('voice') : i18n.t('voiceDefault');
    const unnamed = look?.defaultVoiceId && !voice ? i18n.t('voiceDefault') : i18n.t('voiceNone');
    return html`<div class="voice" part="voice" role="group" aria-label=${i18n.t('voice')}>
        ${voice ? this.renderPlay(voice) : html`<span class="voice-icon">${voiceIcon}</span>`}
        <div class="voice-text">
          <span class="voice-name"><bdi>${voice ? this.nameOf(voice) : unnamed}</bdi></span>
          <span class="voice-meta">${voice ? [label, this.about(voice)].filter(Boolean).join(' · ') : nothing}</span>
        </div>
        <button
          type="button"
          class="button"
          part="button"
          aria-expanded=${this.isOpen}
          ${ref(this.changeButton)}
          @click=${() => (this.isOpen ? this.close() : this.open())}
        >
          ${i18n.t(this.isOpen ? 'voiceDone' : 'voiceChange')}
        </button>
      </div>
      ${userVoice && look?.defaultVoiceId
        ? html`<button type="button" class="link" part="button" @click=${() => this.reset()}>${i18n.t('voiceReset')}</button>`
        : nothing}
      ${voice && !this.isOpen ? this.renderFailure(voice) : nothing}`;
  }

  private renderFailure({ previewAudioUrl }: Voice): TemplateResult | typeof nothing {
    if (previewAudioUrl === null || this.host.player.failed !== previewAudioUrl) return nothing;
    return html`<p class="note" role="alert">${this.host.i18n.t('voiceFailed')}</p>`;
  }

  private nameOf(voice: Voice): string {
    return voice.name ?? this.host.i18n.t('voiceUnnamed');
  }

  private about({ language, genderCategory: gender }: Voice): string {
    const { i18n } = this.host;
    const parts = language && language !== 'unknown' ? [this.languageName(language)] : [];
    if (gender !== 'UNKNOWN') parts.push(i18n.t(`gender${gender}`));
    return parts.join(' · ');
  }

  private languageName(language: string): string {
    return Object.hasOwn(LANGUAGES, language) ? this.host.i18n.languageName(LANGUAGES[language]!) : language;
  }

  private renderPlay(voice: Voice): TemplateResult {
    const { i18n, player, previewImages } = this.host;
    const url = previewImages.allowed(voice.previewAudioUrl);
    if (!url) return html`<span class="voice-icon">${voiceIcon}</span>`;
    const playing = player.url === url;
    return html`<button
      type="button"
      class="round filled"
      part="button"
      ?data-active=${playing}
      aria-label=${i18n.t(playing ? 'voiceStop' : 'voicePlay', { name: this.nameOf(voice) })}
      @click=${() => player.toggle(url)}
    >
      ${playing ? stopIcon : playIcon}
    </button>`;
  }

  // renderList returns the voices with their filters.
  renderList(): TemplateResult {
    const { i18n } = this.host;
    const { query } = this;
    const languages = [...new Set([...Object.keys(LANGUAGES), ...this.seenLanguages])]
      .filter((language) => language !== 'unknown')
      .map((language) => ({ language, name: this.languageName(language) }))
      .sort((a, b) => a.name.localeCompare(b.name, i18n.language));
    return html`<div class="panel-filters">
        <div class="voices-title">
          <button type="button" class="round" part="button" aria-label=${i18n.t('voiceDone')} @click=${() => this.close()}>${backIcon}</button>
          <h3>${i18n.t('voices')}</h3>
          <div class="segments" role="group" aria-label=${i18n.t('ownership')}>
            ${(['PUBLIC', 'PRIVATE'] as const).map(
              (type) =>
                html`<button type="button" aria-pressed=${query.type === type} @click=${() => this.filter({ type })}>
                  ${i18n.t(`ownership${type}`)}
                </button>`,
            )}
          </div>
        </div>
        <div class="search">
          <input
            type="search"
            maxlength=${MAX_SEARCH_LENGTH}
            autocomplete="off"
            dir=${(this.text ?? query.search) === '' ? nothing : 'auto'}
            aria-label=${i18n.t('voiceSearch')}
            placeholder=${i18n.t('voiceSearch')}
            .value=${live(this.text ?? query.search)}
            ${ref(this.searchInput)}
            @change=${stop}
            @keydown=${(event: KeyboardEvent) => {
              if (event.key !== 'Escape' || (this.text ?? query.search) === '') return;
              consume(event);
              this.debounce.cancel();
              this.text = null;
              this.filter({ search: '' });
            }}
            @input=${(event: Event) => {
              event.stopPropagation();
              this.text = (event.target as HTMLInputElement).value;
              this.debounce.schedule(() => {
                const search = (this.text ?? '').trim();
                this.text = null;
                this.filter({ search });
              });
            }}
          />
        </div>
        ${this.renderSelect(i18n.t('voiceLanguage'), query.language, i18n.t('voiceLanguageAny'), languages.map(({ language, name }) => [language, name]), (language) => this.filter({ language }))}
        ${this.renderSelect(i18n.t('gender'), query.gender, i18n.t('voiceGenderAny'), [['female', i18n.t('genderFEMALE')], ['male', i18n.t('genderMALE')]], (gender) => this.filter({ gender }))}
      </div>
      <div
        class="panel-body"
        @scroll=${(event: Event) => {
          const { scrollTop, clientHeight, scrollHeight } = event.currentTarget as HTMLElement;
          if (scrollTop + clientHeight > scrollHeight - NEAR_END) this.list?.loadMore();
        }}
      >
        ${this.renderItems()}
      </div>`;
  }

  private renderSelect(
    label: string,
    value: string | null,
    any: string,
    options: readonly (readonly [value: string, label: string])[],
    change: (value: string | null) => void,
  ): TemplateResult {
    return html`<span class="select chip" ?data-active=${value !== null}>
      <select
        aria-label=${label}
        @input=${stop}
        @change=${(event: Event) => {
          event.stopPropagation();
          change((event.target as HTMLSelectElement).value || null);
        }}
      >
        <option value="" .selected=${live(value === null)}>${any}</option>
        ${options.map(([option, name]) => html`<option value=${option} .selected=${live(value === option)}>${name}</option>`)}
      </select>
      ${chevronIcon}
    </span>`;
  }

  private renderItems(): TemplateResult | typeof nothing {
    const { i18n, chosen } = this.host;
    const { list } = this;
    if (!list) return nothing;
    return html`<ul class="voices" aria-label=${i18n.t('voices')} aria-busy=${list.loading}>
        ${list.items.map((voice) => {
          const isChosen = chosen.voice?.voiceId === voice.voiceId;
          const name = this.nameOf(voice);
          return html`<li class="voice" ?data-chosen=${isChosen}>
            ${this.renderPlay(voice)}
            <div class="voice-text">
              <span class="voice-name"><bdi>${name}</bdi></span>
              <span class="voice-meta">${this.about(voice)}</span>
              ${this.renderFailure(voice)}
            </div>
            ${isChosen
              ? html`<span class="voice-chosen">${checkIcon}${i18n.t('chosen')}</span>`
              : html`<button type="button" class="button" part="button" aria-label=${i18n.t('voiceChooseNamed', { name })} @click=${() => this.choose(voice)}>
                  ${i18n.t('voiceChoose')}
                </button>`}
          </li>`;
        })}
      </ul>
      ${list.error
        ? renderError(this.host, list.error, () => list.retry())
        : list.loading
          ? html`<p class="note">${i18n.t('loading')}</p>`
          : list.items.length === 0
            ? html`<p class="note" part="empty">${i18n.t('voicesEmpty')}</p>`
            : list.complete
              ? nothing
              : html`<div class="more">
                  <button type="button" class="button" part="button" @click=${() => list.loadMore()}>${i18n.t('loadMore')}</button>
                </div>`}`;
  }
}
