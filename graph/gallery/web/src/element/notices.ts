import { html, nothing, type TemplateResult } from 'lit';
import type { PickerHost } from './host';
import { offlineIcon } from './icons';
import { keepFocus, messageOf } from './state';

// renderBanners returns what is between the toolbar and the grid.
export function renderBanners(host: PickerHost): TemplateResult {
  const { i18n, offline, narrow, openGroupId } = host;
  return html`${offline
    ? html`<div class="banner" role="status" data-offline>${offlineIcon}<span>${i18n.t('offline')}</span></div>`
    : nothing}
  ${narrow && openGroupId !== null ? nothing : renderNotices(host)} ${renderLookSearch(host)} ${renderChosen(host)}`;
}

// renderNotices returns the prompt for consent to previews, if there are any to consent to, why the chosen look is
// unknown, and that a choice is missing. A panel over the grid has them instead of the grid.
export function renderNotices({ i18n, previewImages, unresolved, isMissing, apiKey }: PickerHost): TemplateResult {
  const consent = (event: Event) => {
    keepFocus(event);
    previewImages.consent();
  };
  return html`${unresolved
    ? html`<div class="banner" part="error" role="alert" data-unresolved><span>${messageOf(i18n, unresolved, !!apiKey)}</span></div>`
    : nothing}
  ${previewImages.needsConsent
    ? html`<div class="banner" data-consent>
        <span>${i18n.t('previewsHidden')}</span>
        <button type="button" class="button" part="button" @click=${consent}>${i18n.t('previewsShow')}</button>
      </div>`
    : nothing}
  ${isMissing
    ? html`<div class="banner" part="error" role="alert" data-invalid><span>${i18n.t('required')}</span></div>`
    : nothing}`;
}

// renderLookSearch returns what is searched in the characters that the user opens.
function renderLookSearch(host: PickerHost): TemplateResult | typeof nothing {
  const { i18n, lookFilter, openGroupId } = host;
  const { lookSearch: search } = lookFilter;
  if (search === '' || openGroupId !== null) return nothing;
  const clear = () => {
    host.filterLooks({ lookSearch: '' });
    host.focus();
  };
  return html`<div class="banner" data-look-search>
    <span>${i18n.t('lookSearchActive', { search })}</span>
    <button type="button" class="button" part="button" @click=${clear}>${i18n.t('searchClear')}</button>
  </div>`;
}

// renderChosen returns the choice, while its character is not open.
function renderChosen(host: PickerHost): TemplateResult | typeof nothing {
  const { i18n, chosen, openGroupId, required } = host;
  const { look } = chosen;
  if (!look || (look.groupId !== null && look.groupId === openGroupId)) return nothing;
  return html`<div class="banner" data-chosen-look>
    <span>${i18n.t('chosenLook', { name: look.name })}</span>
    ${look.groupId === null ? nothing : html`<button type="button" class="button" part="button" @click=${() => host.openChosen()}>${i18n.t('chosenShow')}</button>`}
    ${required ? nothing : html`<button type="button" class="button" part="button" @click=${() => host.removeChosen()}>${i18n.t('chosenRemove')}</button>`}
  </div>`;
}
