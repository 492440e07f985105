import { copyButton } from './copy';
import { byId } from './dom';
import type { PageLanguage } from './language';
import { embedSnippet } from './snippets';

// bindEmbed fills the dialog with the HTML that puts the picker into another page, and opens it on click.
export function bindEmbed(script: HTMLScriptElement, endpoint: string, language: PageLanguage): void {
  const dialog = byId('embed', HTMLDialogElement);
  const code = byId('embed-code', HTMLElement);
  code.textContent = embedSnippet({
    script: script.src,
    integrity: script.integrity,
    endpoint: new URL(endpoint, location.href).href,
  });
  byId('embed-origin', HTMLElement).textContent = location.origin;
  const status = byId('embed-status', HTMLElement);
  language.bind(() => {
    byId('embed-copy', HTMLElement).replaceChildren(copyButton(code, language.t('html'), status, language));
  });
  byId('embed-open', HTMLButtonElement).addEventListener('click', () => dialog.showModal());
  byId('embed-close', HTMLButtonElement).addEventListener('click', () => dialog.close());
}
