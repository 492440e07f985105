import { css, type CSSResultGroup } from 'lit';
import { controlStyles } from './styles-controls';
import { gridStyles } from './styles-grid';
import { panelStyles } from './styles-panel';

const base = css`
  :host {
    --accent: var(--picker-accent, light-dark(#4f46e5, #a5b0ff));
    --background: var(--picker-background, light-dark(#ffffff, #14151b));
    --surface: var(--picker-surface, light-dark(#f4f5f8, #1f2129));
    --text: var(--picker-text, light-dark(#171923, #eff0f6));
    --muted: var(--picker-muted, light-dark(#585e6e, #a9aebd));
    --border: var(--picker-border, light-dark(#dfe2e9, #343743));
    --radius: var(--picker-radius, 14px);
    --radius-small: calc(var(--radius) * 0.7);
    --hover: color-mix(in srgb, var(--text) 7%, transparent);
    --tint: color-mix(in srgb, var(--accent) 12%, var(--background));
    --on-accent: light-dark(#ffffff, #14151b);
    --positive: light-dark(#17683f, #7fd8a6);
    --negative: light-dark(#b3261e, #ffb0a8);
    --warning: light-dark(#7a4b00, #f2c470);
    --shadow: 0 8px 28px rgb(0 0 0 / 0.16), 0 1px 3px rgb(0 0 0 / 0.12);
    display: block;
    block-size: 40rem;
    color-scheme: light dark;
    color: var(--text);
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
      --on-accent: oklch(from var(--accent) clamp(0, (0.65 - l) * 1000, 1) 0 0);
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
    --gap: 1rem;
    position: relative;
    display: flex;
    block-size: 100%;
    overflow: hidden;
    background: var(--background);
    border: 1px solid var(--border);
    border-radius: var(--radius);
    isolation: isolate;
  }
  .root[data-narrow] {
    --gap: 0.75rem;
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
  :focus-visible {
    outline: 2px solid var(--accent);
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
