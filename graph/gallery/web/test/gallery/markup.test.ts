import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { languages } from '../../src/gallery/messages';

const en = languages.en!;
const html = readFileSync('index.html', 'utf8');
const webpage = readFileSync('../../../internal/webpage/webpage.go', 'utf8');

const MESSAGE = /<(\w+)[^>]* data-message="(\w+)"[^>]*>([^]*?)<\/\1>/g;
const PLACEHOLDER = /<(\w+)[^>]* data-placeholder="(\w+)"[^>]*>[^<]*<\/\1>/g;
const LABEL = /aria-label="([^"]*)" data-message-label="(\w+)"/g;

// Texts that no language translates: names and code. Those in double braces are the server's.
const UNTRANSLATED = /^(?:GraphiQL|English|Deutsch|Español|Français|日本語|العربية|\{\{\w+\}\})$/;

const collapse = (text: string) => text.replace(/\s+/g, ' ').trim();

describe('index.html', () => {
  it.each(Array.from(html.matchAll(MESSAGE), ([, , key, content]) => [key!, content!]))('has the English of %s', (key, content) => {
    expect(collapse(content.replace(PLACEHOLDER, '{$2}'))).toBe(en[key as keyof typeof en]);
  });

  it.each(Array.from(html.matchAll(LABEL), ([, label, key]) => [key!, label!]))('has the English of the label %s', (key, label) => {
    expect(label).toBe(en[key as keyof typeof en]);
  });

  it('names no other messages', () => {
    const found = [...html.matchAll(MESSAGE), ...html.matchAll(LABEL)];
    expect(found).toHaveLength(html.match(/ data-message(?:-label)?="/g)!.length);
    expect(html.match(/aria-label=/g)).toHaveLength(html.match(/data-message-label="|aria-label="HTML"/g)!.length);
  });

  it('has no other text', () => {
    const [, body] = html.split('<body>');
    const rest = body!.replace(MESSAGE, '').replace(/<noscript>[^]*?<\/noscript>|<!--[^]*?-->/g, '');
    const texts = rest.split(/<[^>]*>/).map(collapse).filter((text) => text !== '');
    expect(texts.filter((text) => !UNTRANSLATED.test(text))).toEqual([]);
  });

  it('has the title in English', () => {
    expect(html).toContain(`<title>${en.title.replace('{mode}', '{{Mode}}')}</title>`);
  });
});

describe('the server', () => {
  it.each(['modeSandbox', 'modeLive', 'bannerSandbox', 'bannerSandboxWithoutKey', 'bannerLive', 'sourceSandbox'] as const)('renders %s', (key) => {
    expect(webpage).toContain(`"${en[key]}"`);
  });

  it('renders sourceLive', () => {
    const [before, after] = en.sourceLive.split('{host}');
    expect(webpage).toContain(`"${before}" + html.EscapeString(upstream) + "${after}"`);
  });
});
