import { css, type CSSResultGroup } from 'lit';
import { controlStyles } from './styles-controls';
import { gridStyles } from './styles-grid';
import { panelStyles } from './styles-panel';

const base = css`
  :host {
    --_accent: var(--picker-accent, light-dark(#4f46e5, #a5b0ff));
    --_background: var(--picker-background, light-dark(#ffffff, #14151b));
    --_surface: var(--picker-surface, light-dark(#f4f5f8, #1f2129));
    --_text: var(--picker-text, light-dark(#171923, #eff0f6));
    --_muted: var(--picker-muted, light-dark(#585e6e, #a9aebd));
    --_border: var(--picker-border, light-dark(#dfe2e9, #343743));
    --_radius: var(--picker-radius, 14px);
    --_radius-small: calc(var(--_radius) * 0.7);
    --_hover: color-mix(in srgb, var(--_text) 7%, transparent);
    --_tint: color-mix(in srgb, var(--_accent) 12%, var(--_background));
    --_on-accent: light-dark(#ffffff, #14151b);
    --_positive: light-dark(#17683f, #7fd8a6);
    --_negative: light-dark(#b3261e, #ffb0a8);
    --_warning: light-dark(#7a4b00, #f2c470);
    --_shadow: 0 8px 28px rgb(0 0 0 / 0.16), 0 1px 3px rgb(0 0 0 / 0.12);
    display: block;
    block-size: 40rem;
    color-scheme: light dark;
    color: var(--_text);
    font: 400 0.9375rem/1.4 var(--picker-font, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif);
    text-align: start;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  :host([hidden]) {
    display: none;
  }
  @supports (color: oklch(from red l c h)) {
    /* Black or white, whichever is readable on the accent color. */
    :host {
      --_on-accent: oklch(from var(--_accent) clamp(0, (0.65 - l) * 1000, 1) 0 0);
    }
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  h2,
  h3,
  p,
  ul {
    margin: 0;
    padding: 0;
  }
  .root {
    --_gap: 1rem;
    position: relative;
    display: flex;
    block-size: 100%;
    overflow: hidden;
    background: var(--_background);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    isolation: isolate;
  }
  .root[data-narrow] {
    --_gap: 0.75rem;
  }
  .root[inert] {
    opacity: 0.55;
  }
  .root:focus {
    outline: none;
  }
  .main {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-inline-size: 0;
  }
  .root[data-short] .main {
    overflow: hidden auto;
  }
  .root[data-short] .scroller {
    flex: none;
    block-size: 15rem;
    overscroll-behavior: auto;
  }
  .root[data-short] .panel-body {
    flex: none;
    block-size: 13rem;
    overscroll-behavior: auto;
  }
  .root[data-short] .chosen {
    max-block-size: none;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .icon {
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon .solid {
    fill: currentcolor;
    stroke: none;
  }
  .mirrored:dir(rtl) {
    transform: scaleX(-1);
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      transition: none !important;
      animation: none !important;
      scroll-behavior: auto !important;
    }
  }
`;

export const styles: CSSResultGroup = [base, controlStyles, gridStyles, panelStyles];
