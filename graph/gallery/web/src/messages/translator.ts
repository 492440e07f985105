type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
export type Message = string | Plural;
export type Values = Record<string, string | number>;

// Translation has the keys of the English messages, and plural forms where they have them.
export type Translation<English> = { [K in keyof English]: English[K] extends string ? string : Plural };

const rightToLeft = new Set(['ar']);

// Translator formats the messages of one language.
export class Translator<Key extends string> {
  readonly language: string;
  readonly direction: 'rtl' | 'ltr';
  private readonly messages: Record<Key, Message>;
  private readonly numbers: Intl.NumberFormat;
  private readonly plurals: Intl.PluralRules;
  private readonly names: Intl.DisplayNames;

  // The catalogs are the messages by language. The tags are BCP 47 language tags, the preferred one first. Without a
  // supported one the language is English.
  constructor(catalogs: Record<string, Record<Key, Message>>, tags: readonly string[]) {
    const tag = tags.find((candidate) => Object.hasOwn(catalogs, primary(candidate))) ?? 'en';
    this.language = primary(tag);
    this.direction = rightToLeft.has(this.language) ? 'rtl' : 'ltr';
    this.messages = catalogs[this.language]!;
    const locale = supported(tag) ? tag : this.language;
    this.numbers = new Intl.NumberFormat(locale);
    this.plurals = new Intl.PluralRules(locale);
    this.names = new Intl.DisplayNames(locale, { type: 'language' });
  }

  readonly t = (key: Key, values: Values = {}): string => {
    const message = this.messages[key];
    const template =
      typeof message === 'string' ? message : (message[this.plurals.select(Number(values.count))] ?? message.other);
    return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
      const value = values[name];
      return typeof value === 'number' ? this.numbers.format(value) : (value ?? placeholder);
    });
  };

  has(key: string): key is Key {
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
