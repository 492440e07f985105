import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { createRef, ref } from 'lit/directives/ref.js';
import type { MessageKey } from '../messages';
import type { Gender, Order, TrainingStatus } from '../picker';
import { Debounce } from './debounce';
import type { PickerHost } from './host';
import { chevronIcon, checkIcon, closeIcon, searchIcon } from './icons';
import { clearAll, consume, hasFilters } from './state';
import { GENDERS, MAX_SEARCH_LENGTH, ORDERS, STATUSES } from './view';

type MenuName = 'gender' | 'status';
type Facets = readonly { value: string | null; count: number }[] | undefined;

const orderKeys: Record<Order, MessageKey> = {
  relevance: 'orderRelevance',
  name: 'orderName',
  newest: 'orderNewest',
  looks: 'orderLooks',
};

// Toolbar is the search field, the filters, the order and the number of characters.
export class Toolbar implements ReactiveController {
  private readonly input = createRef<HTMLInputElement>();
  private readonly debounce = new Debounce();
  private text: string | null = null; // typed, and not searched yet
  private open: MenuName | null = null;

  constructor(private readonly host: PickerHost) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.debounce.cancel();
    this.text = null;
    this.open = null;
  }

  get searchField(): HTMLInputElement | undefined {
    return this.input.value;
  }

  // reset discards what is typed and not searched yet.
  reset(): void {
    this.debounce.cancel();
    this.text = null;
  }

  private type(text: string): void {
    this.text = text;
    this.host.requestUpdate();
    this.debounce.schedule(() => this.submit());
  }

  private submit(): void {
    const { text } = this;
    this.reset();
    if (text !== null) this.host.search({ search: text.trim() });
  }

  private readonly clearSearch = (): void => {
    this.reset();
    this.host.search({ search: '' });
    this.input.value?.focus();
  };

  render(): TemplateResult {
    const { i18n, query, list } = this.host;
    const text = this.text ?? query.search;
    return html`<div class="toolbar" part="toolbar">
      <div class="search" part="search" role="search">
        ${searchIcon}
        <input
          ${ref(this.input)}
          type="search"
          maxlength=${MAX_SEARCH_LENGTH}
          autocomplete="off"
          spellcheck="false"
          enterkeyhint="search"
          dir=${text === '' ? nothing : 'auto'}
          placeholder=${i18n.t('search')}
          aria-label=${i18n.t('search')}
          .value=${live(text)}
          @input=${(event: Event) => {
            event.stopPropagation(); // the element's own input event means that its value has changed
            this.type((event.target as HTMLInputElement).value);
          }}
          @keydown=${(event: KeyboardEvent) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              this.submit();
            }
            if (event.key === 'Escape' && text !== '') {
              consume(event);
              this.clearSearch();
            }
          }}
        />
        ${text === ''
          ? nothing
          : html`<button type="button" class="round" part="button" aria-label=${i18n.t('searchClear')} @click=${this.clearSearch}>
              ${closeIcon}
            </button>`}
      </div>
      <div class="filters" part="filters" role="group" aria-label=${i18n.t('filters')}>
        ${this.renderOwnership()} ${this.renderMenu('gender', GENDERS, list?.facets?.gender)}
        ${this.renderMenu('status', STATUSES, list?.facets?.status)} ${this.renderOrder()}
        ${hasFilters(this.host) && list && list.loaded > 0
          ? html`<button type="button" class="link" part="button" @click=${() => clearAll(this.host)}>${i18n.t('clearFilters')}</button>`
          : nothing}
        <span class="total" aria-hidden="true">${this.host.list?.total == null ? '' : i18n.t('total', { count: this.host.list.total })}</span>
      </div>
      <div class="progress" ?data-active=${list?.loading ?? true}></div>
    </div>`;
  }

  private renderOwnership(): TemplateResult | typeof nothing {
    const { i18n, query, list, fixedOwnership } = this.host;
    if (fixedOwnership) return nothing;
    const count = (value: string) => list?.facets?.ownership.find((facet) => facet.value === value)?.count;
    const option = (value: 'public' | 'private' | null, key: MessageKey, items: number | undefined) =>
      html`<button
        type="button"
        aria-pressed=${query.ownership === value}
        @click=${() => this.host.search({ ownership: value })}
      >
        ${i18n.t(key)}${items === undefined ? nothing : html` <span class="count">${i18n.number(items)}</span>`}
      </button>`;
    return html`<div class="segments" role="group" aria-label=${i18n.t('ownership')}>
      ${option(null, 'ownershipAll', undefined)} ${option('public', 'ownershipPUBLIC', count('PUBLIC'))}
      ${option('private', 'ownershipPRIVATE', count('PRIVATE'))}
    </div>`;
  }

  private renderMenu(name: MenuName, all: readonly (Gender | TrainingStatus)[], facets: Facets): TemplateResult {
    const { i18n, query } = this.host;
    const chosen: readonly string[] = query[name];
    const count = (value: string) => facets?.find((facet) => facet.value === value)?.count ?? 0;
    const values = all.filter((value) => !facets || count(value) > 0 || chosen.includes(value));
    const expanded = this.open === name;
    const label = chosen.length === 1 ? i18n.t(`${name}${chosen[0]}` as MessageKey) : i18n.t(name);
    return html`<div
      class="menu"
      @focusout=${(event: FocusEvent) => {
        if (expanded && !(event.currentTarget as Node).contains(event.relatedTarget as Node | null)) this.toggle(null);
      }}
      @keydown=${(event: KeyboardEvent) => this.menuKey(event, expanded)}
    >
      <button
        type="button"
        class="chip"
        ?data-active=${chosen.length > 0}
        aria-expanded=${expanded}
        aria-controls="menu-${name}"
        aria-label=${chosen.length === 1 ? `${i18n.t(name)}: ${label}` : nothing}
        @click=${() => this.toggle(expanded ? null : name)}
      >
        ${label}${chosen.length > 1 ? html` <span class="badge">${i18n.number(chosen.length)}</span>` : nothing} ${chevronIcon}
      </button>
      <div id="menu-${name}" class="popup" role="group" aria-label=${i18n.t(name)} tabindex="-1" ?hidden=${!expanded}>
        ${values.map(
          (value) =>
            html`<label class="option">
              <input
                type="checkbox"
                .checked=${live(chosen.includes(value))}
                @change=${(event: Event) => {
                  event.stopPropagation();
                  this.change(name, value, (event.target as HTMLInputElement).checked);
                }}
              />
              <span class="check">${checkIcon}</span>
              <span class="option-name">${i18n.t(`${name}${value}` as MessageKey)}</span>
              ${facets ? html`<span class="count">${i18n.number(count(value))}</span>` : nothing}
            </label>`,
        )}
      </div>
    </div>`;
  }

  private renderOrder(): TemplateResult {
    const { i18n, query } = this.host;
    const searching = query.search !== '';
    return html`<span class="select chip">
      <select
        aria-label=${i18n.t('order')}
        @change=${(event: Event) => {
          event.stopPropagation();
          this.host.search({ order: (event.target as HTMLSelectElement).value as Order });
        }}
        @input=${(event: Event) => event.stopPropagation()}
      >
        ${ORDERS.map((order) => {
          const key = order === 'relevance' && !searching ? 'orderDefault' : orderKeys[order];
          return html`<option value=${order} .selected=${live(query.order === order)}>${i18n.t(key)}</option>`;
        })}
      </select>
      ${chevronIcon}
    </span>`;
  }

  private change(name: MenuName, value: Gender | TrainingStatus, checked: boolean): void {
    const rest = (this.host.query[name] as string[]).filter((other) => other !== value);
    this.host.search({ [name]: checked ? [...rest, value] : rest });
  }

  private toggle(name: MenuName | null): void {
    this.open = name;
    this.host.requestUpdate();
  }

  private menuKey(event: KeyboardEvent, expanded: boolean): void {
    const menu = event.currentTarget as HTMLElement;
    if (event.key === 'Escape' && expanded) {
      consume(event);
      this.toggle(null);
      menu.querySelector('button')?.focus();
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    if (!expanded) return menu.querySelector('button')?.click();
    const inputs = [...menu.querySelectorAll('input')];
    const current = inputs.indexOf((this.host.shadowRoot?.activeElement ?? null) as HTMLInputElement);
    inputs.at(event.key === 'ArrowDown' ? (current + 1) % inputs.length : Math.max(current, 0) - 1)?.focus();
  }
}
