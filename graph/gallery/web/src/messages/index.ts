import ar from './ar';
import de from './de';
import en from './en';
import es from './es';
import fr from './fr';
import ja from './ja';

type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
export type MessageKey = keyof typeof en;
export type Messages = { [K in MessageKey]: (typeof en)[K] extends string ? string : Plural };
export type Values = Record<string, string | number>;

export const languages: Record<string, Messages> = { en, de, es, fr, ja, ar };

const rightToLeft = new Set(['ar']);

// Translator formats the messages of one language.
export class Translator {
  readonly language: string;
  readonly direction: 'rtl' | 'ltr';
  private readonly messages: Messages;
  private readonly numbers: Intl.NumberFormat;
  private readonly plurals: Intl.PluralRules;
  private readonly names: Intl.DisplayNames;

  // The tags are BCP 47 language tags, the preferred one first. Without a supported one the language is English.
  constructor(tags: readonly string[]) {
    const tag = tags.find((candidate) => Object.hasOwn(languages, primary(candidate))) ?? 'en';
    this.language = primary(tag);
    this.direction = rightToLeft.has(this.language) ? 'rtl' : 'ltr';
    this.messages = languages[this.language] ?? en;
    const locale = supported(tag) ? tag : this.language;
    this.numbers = new Intl.NumberFormat(locale);
    this.plurals = new Intl.PluralRules(locale);
    this.names = new Intl.DisplayNames(locale, { type: 'language' });
  }

  readonly t = (key: MessageKey, values: Values = {}): string => {
    const message = this.messages[key];
    const template =
      typeof message === 'string' ? message : (message[this.plurals.select(Number(values.count))] ?? message.other);
    return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
      const value = values[name];
      return typeof value === 'number' ? this.numbers.format(value) : (value ?? placeholder);
    });
  };

  has(key: string): key is MessageKey {
    return Object.hasOwn(this.messages, key);
  }

  number(value: number): string {
    return this.numbers.format(value);
  }

  languageName(code: string): string {
    return this.names.of(code) ?? code;
  }
}

function primary(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? '';
}

function supported(tag: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false; // not a valid tag
  }
}
