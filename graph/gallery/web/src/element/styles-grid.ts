import { css } from 'lit';

export const gridStyles = css`
  .scroller {
    position: relative;
    flex: 1;
    min-block-size: 0;
    overflow: hidden auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
  }
  .probe {
    position: absolute;
    column-gap: var(--_gap);
    inline-size: var(--picker-card-width, 10.25rem);
    block-size: 3.2rem;
    visibility: hidden;
    pointer-events: none;
  }
  .cards {
    position: relative;
  }
  .row {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    display: grid;
    contain: layout style;
    grid-template-columns: repeat(var(--_columns), minmax(0, 1fr));
    gap: var(--_gap);
    padding-inline: var(--_gap);
  }
  .card {
    display: flex;
    flex-direction: column-reverse;
    justify-content: flex-end;
    inline-size: 100%;
    padding: 0;
    text-align: start;
    background: none;
    border: 0;
    border-radius: var(--_radius);
  }
  .image {
    position: relative;
    display: block;
    aspect-ratio: 3 / 4;
    overflow: hidden;
    background: var(--_surface);
    border-radius: var(--_radius);
  }
  .image img,
  .image video,
  .portrait img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    object-position: top;
  }
  .image video {
    pointer-events: none; /* it may disappear between the two events of a click */
  }
  .image::after {
    position: absolute;
    inset: 0;
    border: 1px solid color-mix(in srgb, var(--_text) 10%, transparent);
    border-radius: inherit;
    content: '';
    pointer-events: none;
  }
  .card .image img {
    transition: transform 0.35s cubic-bezier(0.2, 0.7, 0.2, 1);
  }
  .card:hover .image img {
    transform: scale(1.035);
  }
  .card[aria-expanded='true'] .image {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .card:focus-visible {
    outline: none;
  }
  .card:focus-visible .image {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  .initials {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    color: #fff;
    font-size: 2.25rem;
    font-weight: 600;
    letter-spacing: 0.02em;
    background: linear-gradient(160deg, hsl(var(--_hue) 38% 40%), hsl(calc(var(--_hue) + 25) 45% 26%));
  }
  .card-text {
    display: block;
    padding: 0.55rem 0.15rem 0;
  }
  .card-name,
  .card-meta {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .card-name {
    font-weight: 550;
  }
  .card-meta {
    color: var(--_muted);
    font-size: 0.8125rem;
  }
  .pill {
    position: absolute;
    inset-inline-start: 0.5rem;
    z-index: 1;
    display: inline-flex;
    gap: 0.25rem;
    align-items: center;
    max-inline-size: calc(100% - 1rem);
    padding: 0.1rem 0.5rem;
    font-size: 0.75rem;
    font-weight: 550;
    background: var(--_background);
    border-radius: 1rem;
    box-shadow: 0 1px 4px rgb(0 0 0 / 0.2);
  }
  .pill .icon {
    inline-size: 0.9rem;
    block-size: 0.9rem;
  }
  .pill.top {
    inset-block-start: 0.5rem;
  }
  .pill.bottom {
    inset-block-end: 0.5rem;
    color: var(--_warning);
  }
  .pill[data-status='FAILED'] {
    color: var(--_negative);
  }
  .tick {
    position: absolute;
    inset-block-start: 0.5rem;
    inset-inline-end: 0.5rem;
    z-index: 1;
    display: grid;
    place-items: center;
    inline-size: 1.6rem;
    block-size: 1.6rem;
    color: var(--_on-accent);
    background: var(--_accent);
    border: 2px solid var(--_background);
    border-radius: 50%;
  }
  .tick .icon {
    inline-size: 1rem;
    block-size: 1rem;
    stroke-width: 3;
  }
  .skeleton .image::after {
    background: linear-gradient(100deg, transparent 30%, var(--_hover) 50%, transparent 70%) 0 0 / 300% 100%;
    border-color: transparent;
    animation: shimmer 1.4s linear infinite;
  }
  .skeleton .line {
    inline-size: 70%;
    block-size: 0.7rem;
    margin-block-start: 0.75rem;
    background: var(--_surface);
    border-radius: 1rem;
  }
  .skeleton .line.short {
    inline-size: 40%;
    margin-block-start: 0.5rem;
  }
  @keyframes shimmer {
    from {
      background-position: 100% 0;
    }
    to {
      background-position: -50% 0;
    }
  }
  .more {
    display: flex;
    flex-direction: column;
    gap: 0.6rem;
    align-items: center;
    padding: 0.5rem 1rem 1.5rem;
    color: var(--_muted);
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
  }
  .more .button {
    color: var(--_text);
  }
  .state {
    display: flex;
    flex-direction: column;
    gap: 0.6rem;
    align-items: center;
    max-inline-size: 28rem;
    margin-inline: auto;
    padding: 3.5rem 1.5rem;
    text-align: center;
  }
  .state p,
  .note {
    color: var(--_muted);
  }
  .state strong {
    font-size: 1.0625rem;
    font-weight: 600;
  }
  .state-icon {
    display: grid;
    place-items: center;
    inline-size: 3.25rem;
    block-size: 3.25rem;
    color: var(--_muted);
    background: var(--_surface);
    border-radius: 50%;
  }
  .state-icon .icon {
    inline-size: 1.6rem;
    block-size: 1.6rem;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6rem;
    justify-content: center;
    margin-block-start: 0.4rem;
  }
  .note {
    padding: 1.25rem;
    text-align: center;
  }
  @media (forced-colors: active) {
    .card:focus-visible .image,
    .card[aria-expanded='true'] .image {
      outline-color: Highlight;
    }
    .pill,
    .tick {
      border: 1px solid CanvasText;
    }
  }
`;
