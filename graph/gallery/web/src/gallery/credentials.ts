import { concerns, type CredentialKind, credentialKind, parseCredential } from './credential';
import { byId } from './dom';
import type { PageLanguage } from './language';

const SUBMITTED = 'submitted';

// Credentials prompts the user for the token or key that the server requires. The value is in this page's memory alone:
// in no storage, no URL and no attribute.
export class Credentials {
  private readonly kind: CredentialKind;
  private readonly dialog = byId('credential', HTMLDialogElement);
  private readonly form = byId('credential-form', HTMLFormElement);
  private readonly input = byId('credential-value', HTMLInputElement);
  private readonly change = byId('credential-change', HTMLButtonElement);
  private readonly forget = byId('credential-forget', HTMLButtonElement);
  private value: string | null = null;
  private reason: 'Hint' | 'Rejected' = 'Hint';
  private dismissed = false;

  // onChange is called with each new value, and with null when the user deletes it.
  constructor(
    example: string,
    private readonly language: PageLanguage,
    private readonly onChange: (kind: CredentialKind, value: string | null) => void,
  ) {
    const required = credentialKind(example);
    this.kind = required ?? 'token';
    this.change.hidden = required === null;
    language.bind(() => this.render());

    this.change.addEventListener('click', () => this.open());
    this.forget.addEventListener('click', () => this.set(null));
    byId('credential-cancel', HTMLButtonElement).addEventListener('click', () => this.dialog.close());
    this.input.addEventListener('input', () => this.input.setCustomValidity(''));
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    this.dialog.addEventListener('close', () => {
      this.input.value = '';
      this.dismissed = this.dialog.returnValue !== SUBMITTED;
    });
  }

  // open shows the dialog, with the reason for it. It resolves when the dialog is closed.
  open(reason: 'Hint' | 'Rejected' = 'Hint'): Promise<void> {
    this.reason = reason;
    this.render();
    if (!this.dialog.open) {
      this.dialog.returnValue = '';
      this.dialog.showModal();
    }
    return new Promise((resolve) => this.dialog.addEventListener('close', () => resolve(), { once: true }));
  }

  // handle opens the dialog for an error that another credential may resolve, but not again after the user has closed
  // it without one.
  handle(code: string): void {
    if (!concerns(this.kind, code) || this.dialog.open) return;
    this.change.hidden = false;
    if (this.dismissed) return;
    void this.open(this.value === null ? 'Hint' : 'Rejected');
  }

  private submit(): void {
    const value = parseCredential(this.input.value);
    if (value === null) {
      this.input.setCustomValidity(this.language.t('credentialInvalid'));
      this.input.reportValidity();
      return;
    }
    this.dialog.close(SUBMITTED);
    this.set(value);
  }

  private set(value: string | null): void {
    this.value = value;
    this.render();
    if (value === null) {
      this.dismissed = true; // the requests without it fail, as the user expects
      this.change.focus();
    }
    this.onChange(this.kind, value);
  }

  private render(): void {
    const { kind } = this;
    const { t } = this.language;
    byId('credential-title', HTMLElement).textContent = t(`${kind}Title`);
    byId('credential-hint', HTMLElement).textContent = t(`${kind}${this.reason}`);
    byId('credential-label', HTMLElement).textContent = t(`${kind}Label`);
    this.change.textContent = t(this.value === null ? `${kind}Enter` : `${kind}Change`);
    this.forget.textContent = t(`${kind}Forget`);
    this.forget.hidden = this.value === null;
  }
}
