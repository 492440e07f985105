import { svg, html, type TemplateResult } from 'lit';

const icon = (paths: TemplateResult) =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${paths}</svg>`;

export const searchIcon = icon(svg`<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>`);
export const closeIcon = icon(svg`<path d="m6 6 12 12M18 6 6 18"/>`);
export const backIcon = html`<svg class="icon mirrored" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
  <path d="M14.5 5.5 8 12l6.5 6.5" />
</svg>`;
export const chevronIcon = icon(svg`<path d="m7 10 5 5 5-5"/>`);
export const checkIcon = icon(svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`);
export const lockIcon = icon(svg`<rect x="5.5" y="11" width="13" height="9" rx="2"/><path d="M8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>`);
export const playIcon = icon(svg`<path class="solid" d="M8.5 5.8v12.4c0 .6.7 1 1.2.7l9.3-6.2a.8.8 0 0 0 0-1.4L9.7 5.1c-.5-.3-1.2.1-1.2.7z"/>`);
export const stopIcon = icon(svg`<rect class="solid" x="7" y="7" width="10" height="10" rx="1.5"/>`);
export const personIcon = icon(svg`<circle cx="12" cy="8.5" r="4"/><path d="M4.5 20c.8-4 3.7-6 7.5-6s6.7 2 7.5 6"/>`);
export const alertIcon = icon(svg`<circle cx="12" cy="12" r="9"/><path d="M12 7.5v5.5M12 16.4v.1"/>`);
export const offlineIcon = icon(svg`<path d="M4 4l16 16M8.5 16a5 5 0 0 1 6-.8M5 12.5a10 10 0 0 1 4.6-2.6M13.6 9.6a10 10 0 0 1 5.4 2.9M12 19.5v.1"/>`);
export const voiceIcon = icon(svg`<path d="M5 10v4M9 7v10M13 4.5v15M17 8v8M21 10.5v3"/>`);
