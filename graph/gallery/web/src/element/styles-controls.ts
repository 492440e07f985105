import { css } from 'lit';

// The toolbar, and the controls that all parts use.
export const controlStyles = css`
  button,
  input,
  select {
    margin: 0;
    color: inherit;
    font: inherit;
    letter-spacing: inherit;
  }
  button,
  select,
  label {
    cursor: pointer;
  }
  .toolbar {
    position: relative;
    z-index: 2;
    display: grid;
    gap: 0.75rem;
    padding: var(--_gap);
    border-block-end: 1px solid var(--_border);
  }
  .search {
    position: relative;
    display: flex;
    align-items: center;
    flex: 1 1 12rem;
    min-inline-size: 0;
  }
  .search > .icon {
    position: absolute;
    inset-inline-start: 0.8rem;
    color: var(--_muted);
    pointer-events: none;
  }
  .search input {
    flex: 1;
    min-inline-size: 0;
    inline-size: 100%;
    block-size: 2.25rem;
    padding-inline: 0.85rem;
    background: var(--_surface);
    border: 1px solid transparent;
    border-radius: var(--_radius-small);
    appearance: none;
    outline-offset: -1px;
  }
  .toolbar .search input {
    block-size: 2.75rem;
    padding-inline: 2.6rem;
    font-size: 1rem;
  }
  .search input:hover {
    border-color: var(--_border);
  }
  .search input::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .toolbar input::-webkit-search-cancel-button {
    display: none;
  }
  .search .round {
    position: absolute;
    inset-inline-end: 0.35rem;
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
  }
  .filters .link {
    align-self: center;
  }
  .total {
    margin-inline-start: auto;
    color: var(--_muted);
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .count {
    color: var(--_muted);
    font-size: 0.8125rem;
    font-variant-numeric: tabular-nums;
  }
  .segments {
    display: inline-flex;
    padding: 2px;
    background: var(--_surface);
    border-radius: var(--_radius-small);
  }
  .segments button {
    min-block-size: 1.875rem;
    padding: 0 0.7rem;
    color: var(--_muted);
    font-size: 0.875rem;
    white-space: nowrap;
    background: none;
    border: 0;
    border-radius: calc(var(--_radius-small) - 2px);
  }
  .segments button:hover {
    color: var(--_text);
  }
  .segments button[aria-pressed='true'] {
    color: var(--_text);
    font-weight: 550;
    background: var(--_background);
    box-shadow: 0 1px 3px rgb(0 0 0 / 0.14);
  }
  .chip {
    display: inline-flex;
    gap: 0.35rem;
    align-items: center;
    min-block-size: 2.125rem;
    padding: 0 0.7rem;
    font-size: 0.875rem;
    white-space: nowrap;
    background: var(--_background);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-small);
    transition: background-color 0.15s;
  }
  .chip:hover {
    background: var(--_surface);
  }
  .chip[data-active] {
    background: var(--_tint);
    border-color: var(--_accent);
  }
  .chip .icon {
    inline-size: 1.1em;
    block-size: 1.1em;
    margin-inline-end: -0.2rem;
    color: var(--_muted);
  }
  .badge {
    min-inline-size: 1.25rem;
    padding-inline: 0.35rem;
    color: var(--_on-accent);
    font-size: 0.75rem;
    line-height: 1.25rem;
    text-align: center;
    background: var(--_accent);
    border-radius: 1rem;
  }
  .menu {
    position: relative;
  }
  .popup {
    position: absolute;
    inset-block-start: calc(100% + 0.35rem);
    inset-inline-start: 0;
    z-index: 5;
    min-inline-size: 13rem;
    max-inline-size: min(20rem, 80vw);
    padding: 0.35rem;
    background: var(--_background);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-small);
    box-shadow: var(--_shadow);
    outline: none;
  }
  .root[data-narrow] .menu {
    position: static;
  }
  .root[data-narrow] .popup {
    inset-block-start: calc(100% - var(--_gap) + 0.35rem);
    inset-inline: var(--_gap);
    max-inline-size: none;
  }
  .option {
    display: flex;
    gap: 0.6rem;
    align-items: center;
    padding: 0.45rem 0.55rem;
    border-radius: calc(var(--_radius-small) - 2px);
  }
  .option:hover {
    background: var(--_surface);
  }
  .option input {
    position: absolute;
    opacity: 0;
  }
  .option-name {
    flex: 1;
  }
  .check {
    display: grid;
    place-items: center;
    inline-size: 1.15rem;
    block-size: 1.15rem;
    border: 1.5px solid var(--_muted);
    border-radius: 5px;
  }
  .check .icon {
    inline-size: 0.95rem;
    block-size: 0.95rem;
    stroke-width: 3;
    visibility: hidden;
  }
  .option input:checked + .check .icon {
    visibility: visible;
  }
  .option input:checked + .check {
    color: var(--_on-accent);
    background: var(--_accent);
    border-color: var(--_accent);
  }
  .option input:focus-visible + .check {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .select {
    position: relative;
    padding: 0;
  }
  .select select {
    max-inline-size: 12rem;
    min-block-size: 2rem;
    padding-inline: 0.7rem 1.8rem;
    text-overflow: ellipsis;
    background: none;
    border: 0;
    border-radius: var(--_radius-small);
    appearance: none;
  }
  .select option {
    color: var(--_text);
    background: var(--_background);
  }
  .select .icon {
    position: absolute;
    inset-inline-end: 0.7rem;
    pointer-events: none;
  }
  .toggle input {
    inline-size: 1rem;
    block-size: 1rem;
    accent-color: var(--_accent);
  }
  .button {
    min-block-size: 2.125rem;
    padding: 0.25rem 0.9rem;
    font-size: 0.875rem;
    font-weight: 550;
    background: var(--_background);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-small);
    transition: background-color 0.15s;
  }
  .button:hover {
    background: var(--_surface);
  }
  .button.primary {
    color: var(--_on-accent);
    background: var(--_accent);
    border-color: transparent;
  }
  .button.primary:hover {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_text));
  }
  .button[aria-disabled='true'] {
    color: var(--_muted);
  }
  .link {
    align-self: start;
    padding: 0;
    color: var(--_accent);
    font-size: 0.875rem;
    text-decoration: underline;
    text-underline-offset: 3px;
    background: none;
    border: 0;
  }
  .round {
    display: inline-grid;
    flex: none;
    place-items: center;
    inline-size: 2.125rem;
    block-size: 2.125rem;
    padding: 0;
    color: var(--_muted);
    background: none;
    border: 0;
    border-radius: 50%;
    transition: background-color 0.15s;
  }
  .round:hover {
    color: var(--_text);
    background: var(--_hover);
  }
  .round.filled {
    color: var(--_accent);
    background: var(--_tint);
  }
  .round.filled:hover,
  .round.filled[data-active] {
    color: var(--_on-accent);
    background: var(--_accent);
  }
  .progress {
    position: absolute;
    inset-block-end: -2px;
    inset-inline: 0;
    block-size: 2px;
    overflow: hidden;
    pointer-events: none;
  }
  .progress[data-active]::before {
    display: block;
    inline-size: 35%;
    block-size: 100%;
    background: var(--_accent);
    content: '';
    animation: progress 1.1s ease-in-out infinite;
  }
  @keyframes progress {
    from {
      transform: translateX(-100%);
    }
    to {
      transform: translateX(300%);
    }
  }
  .banner {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6rem;
    align-items: center;
    padding: 0.6rem var(--_gap);
    font-size: 0.875rem;
    background: var(--_tint);
    border-block-end: 1px solid var(--_border);
  }
  .banner > span {
    flex: 1 1 14rem;
  }
  .banner[data-offline] {
    color: var(--_warning);
    background: color-mix(in srgb, var(--_warning) 10%, var(--_background));
  }
  .banner[data-invalid] {
    color: var(--_negative);
    background: color-mix(in srgb, var(--_negative) 8%, var(--_background));
  }
  @media (forced-colors: active) {
    .segments button[aria-pressed='true'],
    .chip[data-active],
    .option input:checked + .check {
      color: HighlightText;
      background: Highlight;
      forced-color-adjust: none;
    }
    .search input {
      border-color: ButtonBorder;
    }
    .progress[data-active]::before {
      background: Highlight;
    }
    .round {
      border: 1px solid ButtonBorder;
    }
  }
`;
