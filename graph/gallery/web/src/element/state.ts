import { html, nothing, type TemplateResult } from 'lit';
import type { CharacterList } from '../data/characters';
import type { PickerError } from '../data/errors';
import type { LookList } from '../data/looks';
import type { PickerTranslator } from '../messages';
import type { PickerHost } from './host';
import { alertIcon, searchIcon } from './icons';

// messageOf returns what to do about an error.
// With the user's own key, it is theirs that HeyGen has rejected.
export function messageOf(i18n: PickerTranslator, error: { code: string; retryAfter?: number }, ownKey = false): string {
  const { code, retryAfter } = error;
  if (code === 'UPSTREAM_UNAUTHENTICATED' && ownKey) return i18n.t('error_UPSTREAM_UNAUTHENTICATED_OWN');
  if (code === 'RATE_LIMITED') {
    return retryAfter ? i18n.t('error_RATE_LIMITED', { count: Math.ceil(retryAfter) }) : i18n.t('error_RATE_LIMITED_SOON');
  }
  const key = `error_${code}`;
  return i18n.has(key) ? i18n.t(key) : i18n.t('error_UNKNOWN', { code });
}

// consume lets a key do what the picker does with it, and nothing else: Escape would close a dialog around the picker.
export function consume(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

// keepFocus moves the focus from a button that is about to disappear to the picker's root, from where Tab continues.
export function keepFocus({ currentTarget }: Event): void {
  const root = (currentTarget as Element).closest<HTMLElement>('.root');
  root?.focus({ preventScroll: true });
}

// renderError returns an error with a button that retries.
export function renderError(host: PickerHost, error: PickerError, retry: () => void, title?: string, action: TemplateResult | typeof nothing = nothing): TemplateResult {
  const { i18n, apiKey } = host;
  const click = (event: Event) => {
    keepFocus(event);
    retry();
  };
  return html`<div class="state" part="error" role="alert">
    <span class="state-icon">${alertIcon}</span>
    ${title ? html`<strong>${title}</strong>` : nothing}
    <p>${messageOf(i18n, error, !!apiKey)}</p>
    <div class="actions">
      ${action}
      <button type="button" class="button ${action === nothing ? 'primary' : ''}" part="button" @click=${click}>${i18n.t('retry')}</button>
    </div>
  </div>`;
}

// hasFilters reports whether the user has set a filter.
export function hasFilters({ query, fixedOwnership }: PickerHost): boolean {
  return query.gender.length > 0 || query.status.length > 0 || (query.ownership !== null && !fixedOwnership);
}

// clearAll shows the list without search and filters. The button that does it disappears, so the search gets its focus.
export function clearAll(host: PickerHost): void {
  host.search({ search: '', gender: [], status: [], ownership: host.fixedOwnership, order: 'relevance' });
  host.filterLooks(null);
  host.focus();
}

// renderState returns what the grid has in place of cards: an error, or that nothing is found.
export function renderState(host: PickerHost): TemplateResult {
  const { i18n, list, query } = host;
  const filtered = query.search !== '' || hasFilters(host);
  const clear = html`<button type="button" class="button primary" part="button" @click=${() => clearAll(host)}>
    ${i18n.t('clearFilters')}
  </button>`;
  if (list?.error) {
    const { code } = list.error;
    const unfilterable = code === 'CATALOGUE_TOO_LARGE' || code === 'BAD_USER_INPUT';
    const action = unfilterable && (filtered || query.order !== 'relevance') ? clear : nothing;
    return renderError(host, list.error, () => host.retry(), i18n.t('errorTitle'), action);
  }
  const { search } = query;
  const searchLooks = () => {
    host.search({ search: '' });
    host.filterLooks({ lookSearch: search });
    host.focus();
  };
  return html`<div class="state" part="empty">
    <span class="state-icon">${searchIcon}</span>
    <strong>${i18n.t('empty')}</strong>
    <p>${i18n.t(filtered ? 'emptyFilters' : 'emptyAccount')}</p>
    ${search === '' ? nothing : html`<p>${i18n.t('emptySearch')}</p>`}
    <div class="actions">
      ${search === '' ? nothing : html`<button type="button" class="button" part="button" @click=${searchLooks}>${i18n.t('lookSearchStart', { search })}</button>`}
      ${filtered ? clear : nothing}
    </div>
  </div>`;
}

// announcement returns what a live region says: the number of looks of the open character, or else of characters.
export function announcement(i18n: PickerTranslator, list: CharacterList | null, looks: LookList | null): string {
  if (looks) return looks.loading || looks.total === null ? '' : i18n.t('looks', { count: looks.total });
  if (!list || list.loading || list.error) return '';
  if (list.loaded === 0) return i18n.t('empty');
  return list.total === null ? i18n.t('shownSome', { shown: list.loaded }) : i18n.t('total', { count: list.total });
}
