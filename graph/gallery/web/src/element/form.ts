import { LitElement } from 'lit';

// FormControl is an element that takes part in forms by its value.
export abstract class FormControl extends LitElement {
  static formAssociated = true;

  declare name: string;
  declare required: boolean;
  declare disabled: boolean;
  protected readonly internals = this.attachInternals();
  protected touched = false; // the user has chosen
  protected showsInvalid = false;
  private formDisabled = false;

  constructor() {
    super();
    this.name = '';
    this.required = false;
    this.disabled = false;
    this.internals.role = 'group';
    this.addEventListener('invalid', () => {
      this.showsInvalid = true;
      this.requestUpdate();
    });
  }

  abstract get value(): string;
  abstract set value(value: string | null | undefined);

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
    return this.internals.checkValidity();
  }

  reportValidity(): boolean {
    return this.internals.reportValidity();
  }

  formResetCallback(): void {
    this.touched = false;
    this.showsInvalid = false;
    this.value = this.getAttribute('value') ?? '';
  }

  formDisabledCallback(disabled: boolean): void {
    this.formDisabled = disabled;
    this.requestUpdate();
  }

  formStateRestoreCallback(state: string | File | FormData | null): void {
    if (typeof state === 'string') this.value = state;
  }

  protected syncValue(value: string): void {
    this.internals.setFormValue(value === '' ? null : value, value);
  }

  // syncValidity makes the required element without a value invalid. The browser shows the message at the anchor.
  protected syncValidity(value: string, message: string, anchor: HTMLElement | undefined): void {
    this.internals.ariaDisabled = this.isDisabled ? 'true' : null;
    this.internals.ariaRequired = this.required ? 'true' : null;
    if (this.required && value === '') this.internals.setValidity({ valueMissing: true }, message, anchor);
    else this.internals.setValidity({});
  }
}
