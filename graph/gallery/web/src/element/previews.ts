import { html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { personIcon } from './icons';
import { styled } from './styled';

const MAX_FAILED = 1000;
const MAX_NAME = 200; // characters of a name for its initials and its color

// Previews decides which images, videos and audio samples may be loaded.
export class Previews {
  asking = false; // for consent to previews on other hosts than the endpoint's
  endpoint = '';
  private consented = false;
  private withheld = false; // a preview has not been loaded for want of consent
  private readonly failed = new Set<string>();

  constructor(private readonly onChange: () => void) {}

  // needsConsent reports whether there is a preview to consent to.
  get needsConsent(): boolean {
    return this.withheld && this.asks;
  }

  private get asks(): boolean {
    return this.asking && !this.consented;
  }

  consent(): void {
    this.consented = true;
    this.onChange();
  }

  // allowed returns the URL, or null if it must not be loaded or failed before. Those of the endpoint's origin, such as the
  // sandbox's, need no consent, and others are loaded over HTTPS only.
  allowed(url: string | null): string | null {
    if (!url || this.failed.has(url)) return null;
    const { protocol, origin } = parseURL(url) ?? {};
    if (origin !== undefined && origin === parseURL(this.endpoint)?.origin) return url;
    if (protocol !== 'https:') return null;
    if (!this.asks) return url;
    if (!this.withheld) queueMicrotask(this.onChange);
    this.withheld = true;
    return null;
  }

  retry(): void {
    this.failed.clear();
  }

  private fail(url: string): void {
    if (this.failed.size >= MAX_FAILED) this.failed.clear();
    this.failed.add(url);
    this.onChange();
  }

  // image returns the image, or else the initials of the name. The name is beside it, so that both are decorative.
  image(url: string | null, name: string): TemplateResult {
    const source = this.allowed(url);
    if (source === null) {
      const letters = initials(name);
      return html`<span class="initials" aria-hidden="true" ${styled({ '--_hue': String(hue(name)) })}
        >${letters === '' ? personIcon : letters}</span
      >`;
    }
    return html`${keyed(
      source,
      html`<img
        src=${source}
        alt=""
        loading="lazy"
        decoding="async"
        draggable="false"
        referrerpolicy="no-referrer"
        @error=${() => this.fail(source)}
      />`,
    )}`;
  }
}

function parseURL(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}

// initials returns up to two letters or digits: those at the start of the first and the last word.
export function initials(name: string): string {
  const words = name.slice(0, MAX_NAME).match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu) ?? [];
  const first = words[0];
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [first, last].map((word) => (word ? ([...word][0] ?? '') : '')).join('').toLocaleUpperCase();
}

// hue returns a hue from 0 to 359, always the same for a name.
function hue(name: string): number {
  let hash = 0;
  for (const character of name.slice(0, MAX_NAME)) hash = (hash * 31 + character.codePointAt(0)!) % 360_007;
  return hash % 360;
}
