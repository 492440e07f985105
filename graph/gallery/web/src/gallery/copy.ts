import type { PageLanguage } from './language';

const COPIED_MS = 2000;

// copyButton returns a button that copies the text of source. It announces the result in status, a live region.
// Without permission for the clipboard it selects the text.
export function copyButton(source: HTMLElement, name: string, status: HTMLElement, { t }: PageLanguage): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = t('copy');
  button.setAttribute('aria-label', t('copyNamed', { name }));
  let timer = 0;
  button.addEventListener('click', async () => {
    const copied = await copy(source);
    button.textContent = t(copied ? 'copied' : 'selected');
    status.textContent = t(copied ? 'copiedNamed' : 'selectedNamed', { name });
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      button.textContent = t('copy');
      status.textContent = ''; // so that the next result is announced, even if it is the same
    }, COPIED_MS);
  });
  return button;
}

// copy reports whether the text is on the clipboard.
async function copy(source: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    // Denied, or the page is not a secure context.
  }
  source.closest('details')?.setAttribute('open', '');
  getSelection()?.selectAllChildren(source);
  return document.execCommand('copy');
}
