import { html, nothing, type TemplateResult } from 'lit';
import type { Character } from '../data/characters';
import type { PickerHost } from './host';
import { checkIcon, lockIcon } from './icons';

// renderCard returns the card of a character in the grid. The name is first in the document, for screen readers.
export function renderCard(
  host: PickerHost,
  character: Character,
  index: number,
  total: number,
  tabbable: boolean,
  open: () => void,
): TemplateResult {
  const { i18n, chosen } = host;
  const { groupId, name, status } = character;
  const isChosen = chosen.look?.groupId === groupId;
  const looks = i18n.t('looks', { count: character.looksCount });
  const privately = character.ownership === 'PRIVATE' && !host.fixedOwnership ? i18n.t('private') : '';
  const training = status && status !== 'COMPLETED' && status !== 'UNKNOWN' ? i18n.t(`status${status}`) : '';
  return html`<div role="listitem" aria-setsize=${total} aria-posinset=${index + 1}>
    <button
      type="button"
      class="card"
      part="card"
      data-index=${index}
      data-group=${groupId}
      tabindex=${tabbable ? 0 : -1}
      aria-expanded=${host.openGroupId === groupId}
      @click=${open}
    >
      <span class="card-text">
        <span class="card-name" part="card-name" title=${name}><bdi>${name}</bdi></span>
        <span class="card-meta">${looks}</span>
      </span>
      <span class="image" part="card-image">
        ${host.previewImages.image(character.previewImageUrl, name)}
        ${privately === '' ? nothing : html`<span class="pill top">${lockIcon}${privately}</span>`}
        ${isChosen ? html`<span class="tick">${checkIcon}<span class="hidden">${i18n.t('chosen')}</span></span>` : nothing}
        ${training === '' ? nothing : html`<span class="pill bottom" data-status=${status}>${training}</span>`}
      </span>
    </button>
  </div>`;
}

// renderSkeleton returns a card whose character is not in memory.
export function renderSkeleton(): TemplateResult {
  return html`<div class="skeleton" aria-hidden="true">
    <div class="image"></div>
    <div class="line"></div>
    <div class="line short"></div>
  </div>`;
}
