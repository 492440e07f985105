import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Character } from '../data/characters';
import type { Look } from '../data/looks';
import type { PickerTranslator } from '../messages';
import type { PickerHost } from './host';
import { checkIcon, playIcon, stopIcon } from './icons';

const MAX_TAGS = 4;

// inTraining reports whether a look can change by itself.
export function inTraining({ status }: Look): boolean {
  return status === 'PROCESSING' || status === 'PENDING_CONSENT';
}

// readinessOf says in words whether a video can be made with the look.
export function readinessOf(i18n: PickerTranslator, { readiness, error }: Look): string {
  if (readiness.state === 'READY') return i18n.t('ready');
  if (readiness.reason === 'FAILED' && error) return i18n.t('reasonFAILEDbecause', { reason: error.message });
  const key = `reason${readiness.reason ?? ''}`;
  if (readiness.state === 'NOT_READY' && i18n.has(key)) return i18n.t(key);
  return i18n.t(readiness.state === 'NOT_READY' ? 'reasonOTHER' : 'readyUNKNOWN');
}

// engineName returns the display name of an engine: Avatar IV for avatar_iv.
export function engineName(engine: string): string {
  return engine
    .split('_')
    .map((word) => (/^[ivx]+$/.test(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ');
}

function sizeOf(i18n: PickerTranslator, look: Look): string {
  const { preferredOrientation: orientation, imageWidth, imageHeight } = look;
  const parts: string[] = [];
  if (orientation && orientation !== 'UNKNOWN') parts.push(i18n.t(`orientation${orientation}`));
  if (imageWidth && imageHeight) parts.push(i18n.t('size', { width: String(imageWidth), height: String(imageHeight) }));
  return parts.join(' · ');
}

// renderLook returns the card of a look, a radio button.
export function renderLook(
  host: PickerHost,
  look: Look,
  isChosen: boolean,
  isPlaying: boolean,
  setPreview: (lookId: string | null) => void,
  character: Character | null,
): TemplateResult {
  const { i18n, still, previewImages } = host;
  const { lookId, name, tags, supportedApiEngines: engines } = look;
  const video = previewImages.allowed(look.previewVideoUrl);
  const state = look.readiness.state === 'READY' ? 'ready' : look.readiness.reason === 'FAILED' ? 'failed' : 'waiting';
  const size = sizeOf(i18n, look);
  const start = () => video && !still && setPreview(lookId);
  const end = () => isPlaying && !still && setPreview(null);
  return html`<div
    class="look"
    part=${isChosen ? 'look look-selected' : 'look'}
    data-look=${lookId}
    data-training=${inTraining(look) ? look.id : nothing}
    ?data-chosen=${isChosen}
    @pointerenter=${start}
    @pointerleave=${end}
    @focusin=${start}
    @focusout=${end}
  >
    <label>
      <input
        type="radio"
        name="look"
        value=${lookId}
        aria-labelledby="name-${look.id}"
        aria-describedby="about-${look.id}"
        .checked=${live(isChosen)}
        @input=${(event: Event) => event.stopPropagation()}
        @change=${(event: Event) => {
          event.stopPropagation();
          if (character) host.chooseLook(look, character);
        }}
      />
      <span class="image">
        ${previewImages.image(look.previewImageUrl, name)}
        ${isPlaying && video
          ? html`<video
              .muted=${true}
              .src=${video}
              autoplay
              loop
              playsinline
              disablepictureinpicture
              aria-hidden="true"
            ></video>`
          : nothing}
        <span class="tick">${checkIcon}</span>
      </span>
      <span class="look-text">
        <span class="look-name" id="name-${look.id}"><bdi>${name}</bdi></span>
        <span id="about-${look.id}" class="look-about">
          <span class="look-state" data-state=${state}>${readinessOf(i18n, look)}</span>
          ${size === '' ? nothing : html`<span>${size}</span>`}
          ${engines.length === 0 ? nothing : html`<span>${i18n.t('engines', { engines: engines.map(engineName).join(', ') })}</span>`}
          ${tags.length === 0
            ? nothing
            : html`<span class="tags">${tags.slice(0, MAX_TAGS).map((tag) => html`<span class="tag" dir="auto">${tag}</span> `)}</span>`}
        </span>
      </span>
    </label>
    ${video && still
      ? html`<button
          type="button"
          class="round play"
          part="button"
          aria-label=${i18n.t(isPlaying ? 'stopPreview' : 'playPreview', { name })}
          @click=${() => setPreview(isPlaying ? null : lookId)}
        >
          ${isPlaying ? stopIcon : playIcon}
        </button>`
      : nothing}
  </div>`;
}
