// Preferences are what the user has chosen for this page, in localStorage. If the browser denies access to it, they
// last as long as the page.
export type Theme = 'auto' | 'light' | 'dark';

const PREFIX = 'heygen-graphql:gallery-';

export function load(name: string, known: readonly string[]): string {
  try {
    const value = localStorage.getItem(PREFIX + name);
    if (value !== null && known.includes(value)) return value;
  } catch {
    // Access is denied.
  }
  return 'auto';
}

export function save(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Access is denied, or the storage is full.
  }
}

// bindSelect loads a preference into a select element, and saves what the user selects. It calls apply with both.
export function bindSelect(select: HTMLSelectElement, name: string, apply: (value: string) => void): void {
  select.value = load(name, Array.from(select.options, (option) => option.value));
  apply(select.value);
  select.addEventListener('change', () => {
    save(name, select.value);
    apply(select.value);
  });
}
