import { css } from 'lit';

export const panelStyles = css`
  .panel {
    display: flex;
    flex: none;
    flex-direction: column;
    inline-size: clamp(20rem, 38%, 31rem);
    min-block-size: 0;
    overflow: hidden auto;
    background: var(--_background);
    border-inline-start: 1px solid var(--_border);
    animation: appear 0.18s ease-out;
  }
  .root[data-narrow] .panel {
    position: absolute;
    inset: 0;
    z-index: 10;
    inline-size: auto;
    border: 0;
  }
  @keyframes appear {
    from {
      opacity: 0;
      translate: 0 6px;
    }
  }
  .panel-header {
    display: flex;
    gap: 0.85rem;
    align-items: center;
    padding: var(--_gap);
  }
  .portrait {
    position: relative;
    flex: none;
    inline-size: 3.5rem;
    block-size: 3.5rem;
    overflow: hidden;
    background: var(--_surface);
    border-radius: 50%;
  }
  .portrait .initials {
    font-size: 1.25rem;
  }
  .panel-title {
    flex: 1;
    min-inline-size: 0;
  }
  .panel-title h2 {
    overflow: hidden;
    font-size: 1.25rem;
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.01em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .panel-title h2:focus {
    outline: none;
  }
  .panel-title p {
    color: var(--_muted);
    font-size: 0.875rem;
  }
  .panel-header > .round {
    align-self: start;
  }
  .panel-filters {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    padding: 0 var(--_gap) 0.85rem;
    border-block-end: 1px solid var(--_border);
  }
  .panel-filters .search {
    flex: 1 1 100%;
  }
  .panel-body {
    flex: 1;
    min-block-size: 8rem;
    overflow: hidden auto;
    overscroll-behavior: contain;
  }
  .looks {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr));
    gap: 0.85rem;
    padding: var(--_gap);
  }
  .looks + .looks {
    padding-block-start: 0;
  }
  .look {
    position: relative;
    min-inline-size: 0;
    contain-intrinsic-size: auto 22rem;
    content-visibility: auto;
    border-radius: var(--_radius);
    box-shadow: inset 0 0 0 1px var(--_border);
  }
  .look:hover {
    box-shadow: inset 0 0 0 1px var(--_muted);
  }
  .look[data-chosen] {
    background: var(--_tint);
    box-shadow: inset 0 0 0 2px var(--_accent);
  }
  .look:has(input:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .look label {
    display: block;
    padding: 0.35rem;
  }
  .look input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    opacity: 0;
    pointer-events: none;
  }
  .look .image {
    aspect-ratio: 1;
    border-radius: calc(var(--_radius) - 0.35rem);
  }
  .look .tick {
    opacity: 0;
    transform: scale(0.7);
    transition:
      opacity 0.15s,
      transform 0.15s;
  }
  .look[data-chosen] .tick {
    opacity: 1;
    transform: none;
  }
  .look-text {
    display: block;
    padding: 0.55rem 0.35rem 0.35rem;
  }
  .look-name {
    display: block;
    overflow-wrap: anywhere;
    font-weight: 550;
    line-height: 1.3;
  }
  .look-about {
    display: grid;
    gap: 0.2rem;
    margin-block-start: 0.2rem;
    color: var(--_muted);
    font-size: 0.8125rem;
    line-height: 1.35;
  }
  .look-state {
    color: var(--_warning);
    font-weight: 550;
  }
  .look-state[data-state='ready'] {
    color: var(--_positive);
  }
  .look-state[data-state='failed'] {
    color: var(--_negative);
    overflow-wrap: anywhere;
  }
  .tags {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem;
    margin-block-start: 0.15rem;
  }
  .tag {
    max-inline-size: 100%;
    padding: 0 0.4rem;
    overflow: hidden;
    color: var(--_text);
    font-size: 0.75rem;
    text-overflow: ellipsis;
    white-space: nowrap;
    background: var(--_hover);
    border-radius: 0.35rem;
  }
  .play {
    position: absolute;
    inset-block-start: 0.75rem;
    inset-inline-start: 0.75rem;
    color: var(--_text);
    background: var(--_background);
    box-shadow: 0 1px 4px rgb(0 0 0 / 0.25);
  }
  .play:hover {
    color: var(--_on-accent);
    background: var(--_accent);
  }
  .chosen {
    display: flex;
    flex: none;
    flex-direction: column;
    gap: 0.75rem;
    max-block-size: 40%;
    padding: 0.85rem var(--_gap);
    overflow: hidden auto;
    border-block-start: 1px solid var(--_border);
    box-shadow: 0 -6px 20px rgb(0 0 0 / 0.05);
  }
  .voices {
    padding: 0.5rem calc(var(--_gap) - 0.5rem);
    list-style: none;
  }
  .voice {
    display: flex;
    flex: none;
    gap: 0.75rem;
    align-items: center;
  }
  .voices .voice {
    padding: 0.45rem 0.5rem;
    border-radius: var(--_radius-small);
  }
  .voices .voice:hover {
    background: var(--_surface);
  }
  .voices .voice[data-chosen] {
    background: var(--_tint);
  }
  .voice-text {
    flex: 1;
    min-inline-size: 0;
  }
  .voice-name,
  .voice-meta {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .voice-name {
    font-weight: 550;
    line-height: 1.3;
  }
  .voice-meta {
    color: var(--_muted);
    font-size: 0.8125rem;
  }
  .voice-icon {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 2.125rem;
    block-size: 2.125rem;
    color: var(--_muted);
    background: var(--_surface);
    border-radius: 50%;
  }
  .voice-chosen {
    display: inline-flex;
    gap: 0.3rem;
    align-items: center;
    color: var(--_accent);
    font-size: 0.875rem;
    font-weight: 550;
  }
  .voices-title {
    display: flex;
    flex: 1 1 100%;
    gap: 0.35rem;
    align-items: center;
  }
  .voices-title .round {
    margin-inline-start: -0.5rem;
  }
  .voices-title h3 {
    flex: 1;
    font-size: 1rem;
    font-weight: 600;
  }
  @media (forced-colors: active) {
    .look {
      border: 1px solid CanvasText;
    }
    .look[data-chosen],
    .look:has(input:focus-visible) {
      outline: 3px solid Highlight;
    }
  }
`;
