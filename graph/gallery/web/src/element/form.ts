import { LitElement } from 'lit';

// FormControl is an element that takes part in forms by its value.
export abstract class FormControl extends LitElement {
  static formAssociated = true;

  declare name: string;
  declare required: boolean;
  declare disabled: boolean;
  protected readonly internals = this.attachInternals();
  protected touched = false; // the value is no longer that of the attribute
  protected showsInvalid = false;
  private checking = false;
  private formDisabled = false;

  constructor() {
    super();
    this.name = '';
    this.required = false;
    this.disabled = false;
    this.internals.role = 'group';
    this.addEventListener('invalid', () => {
      this.showsInvalid ||= !this.checking;
      this.requestUpdate();
    });
  }

  abstract get value(): string;
  abstract set value(value: string | null | undefined);
  protected abstract setValue(value: string): void;

  get form(): HTMLFormElement | null {
    return this.internals.form;
  }

  get validity(): ValidityState {
    return this.internals.validity;
  }

  get validationMessage(): string {
    return this.internals.validationMessage;
  }

  get isDisabled(): boolean {
    return this.disabled || this.formDisabled;
  }

  checkValidity(): boolean {
    this.checking = true; // which shows no message
    try {
      return this.internals.checkValidity();
    } finally {
      this.checking = false;
    }
  }

  reportValidity(): boolean {
    return this.internals.reportValidity();
  }

  formResetCallback(): void {
    this.touched = false;
    this.showsInvalid = false;
    this.setValue(this.getAttribute('value') ?? '');
  }

  formDisabledCallback(disabled: boolean): void {
    this.formDisabled = disabled;
    this.requestUpdate();
  }

  formStateRestoreCallback(state: string | File | FormData | null): void {
    if (typeof state !== 'string') return;
    this.touched = true;
    this.setValue(state);
  }

  protected dispatchInput(): void {
    this.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }

  protected syncValue(value: string): void {
    this.internals.setFormValue(value === '' ? null : value, value);
  }

  // syncValidity makes the required element without a value invalid. The browser shows the message at the anchor. The label
  // is its name, unless the page has one.
  protected syncValidity(value: string, label: string, message: string, anchor: HTMLElement | undefined): void {
    this.internals.ariaDisabled = this.isDisabled ? 'true' : null;
    this.internals.ariaLabel = this.internals.labels.length > 0 ? null : label;
    if (this.required && value === '') this.internals.setValidity({ valueMissing: true }, message, anchor);
    else this.internals.setValidity({});
  }
}
