import { describe, expect, test } from 'vitest';
import { languages as pageLanguages } from '../src/gallery/messages';
import { languages } from '../src/messages';
import { type Message, Translator } from '../src/messages/translator';

type Catalog = Record<string, Message>;

const forms = (message: string | object): string[] => (typeof message === 'string' ? [message] : Object.values(message));
const placeholders = (template: string) => [...new Set(template.match(/\{\w+\}/g))].sort();

const catalogs = Object.entries({ picker: languages, page: pageLanguages }).flatMap(([name, translations]) =>
  Object.entries(translations).map(([language, messages]): [string, string, Catalog, Catalog] => [name, language, messages, translations.en!]),
);

describe.each(catalogs)('messages of the %s in %s', (_name, language, messages, en) => {
  const keys = Object.keys(en);

  test('has the keys of English', () => {
    expect(Object.keys(messages).sort()).toEqual([...keys].sort());
  });

  test.each(keys)('%s has the placeholders of English', (key) => {
    const expected = placeholders(forms(en[key]!).at(-1)!);
    for (const form of forms(messages[key]!)) {
      expect(form.trim()).toBe(form);
      expect(form).not.toBe('');
      const found = placeholders(form);
      // A form for a single number, such as the Arabic dual, may say the number in words.
      if (typeof messages[key] === 'string' || found.length > 0) expect(found).toEqual(expected);
    }
  });

  test('has a form for each plural category', () => {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const key of keys) {
      const message = messages[key]!;
      expect(typeof message, key).toBe(typeof en[key]);
      if (typeof message !== 'string') expect(Object.keys(message).sort(), key).toEqual([...categories].sort());
    }
  });
});

describe('Translator', () => {
  test('uses the first supported language', () => {
    expect(new Translator(languages, ['tlh', 'de-AT', 'fr']).language).toBe('de');
    expect(new Translator(languages, ['']).language).toBe('en');
    expect(new Translator(languages, ['not a tag']).language).toBe('en');
    expect(new Translator(languages, ['en_US']).language).toBe('en');
  });

  test('formats numbers and plurals', () => {
    const { t } = new Translator(languages, ['en']);
    expect(t('total', { count: 1 })).toBe('1 avatar');
    expect(t('total', { count: 1234 })).toBe('1,234 avatars');
    expect(new Translator(languages, ['de']).t('total', { count: 1234 })).toBe('1.234 Avatare');
    expect(new Translator(languages, ['ar']).t('looks', { count: 2 })).toBe('مظهران');
  });

  test('keeps values as they are', () => {
    expect(new Translator(languages, ['en']).t('looksOf', { name: '{count} $& <b>' })).toBe('Looks of {count} $& <b>');
  });

  test('sets the direction', () => {
    expect(new Translator(languages, ['ar-EG']).direction).toBe('rtl');
    expect(new Translator(languages, ['ja']).direction).toBe('ltr');
  });
});
