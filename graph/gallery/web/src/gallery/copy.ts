const COPIED_MS = 2000;

// copyButton returns a button that copies the text of source. It announces the result in status, a live region.
// Without permission for the clipboard it selects the text.
export function copyButton(source: HTMLElement, name: string, status: HTMLElement): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.setAttribute('aria-label', `Copy ${name}`);
  let timer = 0;
  button.addEventListener('click', async () => {
    const copied = await copy(source);
    button.textContent = copied ? 'Copied' : 'Selected';
    status.textContent = copied ? `Copied ${name}.` : `Selected ${name}. Press Ctrl+C or ⌘C to copy it.`;
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      button.textContent = 'Copy';
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
