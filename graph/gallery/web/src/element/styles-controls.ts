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
    padding: var(--gap);
    border-block-end: 1px solid var(--border);
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
    color: var(--muted);
    pointer-events: none;
  }
  .search input {
    flex: 1;
    min-inline-size: 0;
    inline-size: 100%;
    block-size: 2.25rem;
    padding-inline: 0.85rem;
    background: var(--surface);
    border: 1px solid transparent;
    border-radius: var(--radius-small);
    appearance: none;
    outline-offset: -1px;
  }
  .toolbar .search input {
    block-size: 2.75rem;
    padding-inline: 2.6rem;
    font-size: 1rem;
  }
  .search input:hover {
    border-color: var(--border);
  }
  .search input::placeholder {
    color: var(--muted);
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
    color: var(--muted);
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .count {
    color: var(--muted);
    font-size: 0.8125rem;
    font-variant-numeric: tabular-nums;
  }
  .segments {
    display: inline-flex;
    padding: 2px;
    background: var(--surface);
    border-radius: var(--radius-small);
  }
  .segments button {
    min-block-size: 1.875rem;
    padding: 0 0.7rem;
    color: var(--muted);
    font-size: 0.875rem;
    white-space: nowrap;
    background: none;
    border: 0;
    border-radius: calc(var(--radius-small) - 2px);
  }
  .segments button:hover {
    color: var(--text);
  }
  .segments button[aria-pressed='true'] {
    color: var(--text);
    font-weight: 550;
    background: var(--background);
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
    background: var(--background);
    border: 1px solid var(--border);
    border-radius: var(--radius-small);
    transition: background-color 0.15s;
  }
  .chip:hover {
    background: var(--surface);
  }
  .chip[data-active] {
    background: var(--tint);
    border-color: var(--accent);
  }
  .chip .icon {
    inline-size: 1.1em;
    block-size: 1.1em;
    margin-inline-end: -0.2rem;
    color: var(--muted);
  }
  .badge {
    min-inline-size: 1.25rem;
    padding-inline: 0.35rem;
    color: var(--on-accent);
    font-size: 0.75rem;
    line-height: 1.25rem;
    text-align: center;
    background: var(--accent);
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
    background: var(--background);
    border: 1px solid var(--border);
    border-radius: var(--radius-small);
    box-shadow: var(--shadow);
    outline: none;
  }
  .root[data-narrow] .menu {
    position: static;
  }
  .root[data-narrow] .popup {
    inset-block-start: calc(100% - var(--gap) + 0.35rem);
    inset-inline: var(--gap);
    max-inline-size: none;
  }
  .option {
    display: flex;
    gap: 0.6rem;
    align-items: center;
    padding: 0.45rem 0.55rem;
    border-radius: calc(var(--radius-small) - 2px);
  }
  .option:hover {
    background: var(--surface);
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
    color: transparent;
    border: 1.5px solid var(--muted);
    border-radius: 5px;
  }
  .check .icon {
    inline-size: 0.95rem;
    block-size: 0.95rem;
    stroke-width: 3;
  }
  .option input:checked + .check {
    color: var(--on-accent);
    background: var(--accent);
    border-color: var(--accent);
  }
  .option input:focus-visible + .check {
    outline: 2px solid var(--accent);
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
    border-radius: var(--radius-small);
    appearance: none;
  }
  .select option {
    color: var(--text);
    background: var(--background);
  }
  .select .icon {
    position: absolute;
    inset-inline-end: 0.7rem;
    pointer-events: none;
  }
  .toggle input {
    inline-size: 1rem;
    block-size: 1rem;
    accent-color: var(--accent);
  }
  .button {
    min-block-size: 2.125rem;
    padding: 0.25rem 0.9rem;
    font-size: 0.875rem;
    font-weight: 550;
    background: var(--background);
    border: 1px solid var(--border);
    border-radius: var(--radius-small);
    transition: background-color 0.15s;
  }
  .button:hover {
    background: var(--surface);
  }
  .button.primary {
    color: var(--on-accent);
    background: var(--accent);
    border-color: transparent;
  }
  .button.primary:hover {
    background: color-mix(in srgb, var(--accent) 88%, var(--text));
  }
  .button[aria-disabled='true'] {
    color: var(--muted);
  }
  .link {
    align-self: start;
    padding: 0;
    color: var(--accent);
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
    color: var(--muted);
    background: none;
    border: 0;
    border-radius: 50%;
    transition: background-color 0.15s;
  }
  .round:hover {
    color: var(--text);
    background: var(--hover);
  }
  .round.filled {
    color: var(--accent);
    background: var(--tint);
  }
  .round.filled:hover,
  .round.filled[data-active] {
    color: var(--on-accent);
    background: var(--accent);
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
    background: var(--accent);
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
    padding: 0.6rem var(--gap);
    font-size: 0.875rem;
    background: var(--tint);
    border-block-end: 1px solid var(--border);
  }
  .banner > span {
    flex: 1 1 14rem;
  }
  .banner[data-offline] {
    color: var(--warning);
    background: color-mix(in srgb, var(--warning) 10%, var(--background));
  }
  .banner[data-invalid] {
    color: var(--negative);
    background: color-mix(in srgb, var(--negative) 8%, var(--background));
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
