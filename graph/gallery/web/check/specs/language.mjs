const TOKEN = 'a-token-of-the-test';

// The languages with their names and directions, and the texts that are the same in English.
const LANGUAGES = [
  { code: 'en', name: 'English', direction: 'ltr' },
  { code: 'de', name: 'Deutsch', direction: 'ltr', same: ['GraphiQL', 'HTML', 'Schema', 'Token'] },
  { code: 'es', name: 'Español', direction: 'ltr' },
  { code: 'fr', name: 'Français', direction: 'ltr' },
  { code: 'ja', name: '日本語', direction: 'ltr' },
  { code: 'ar', name: 'العربية', direction: 'rtl', same: ['GraphiQL', 'HTML'] },
];
const [ENGLISH, ...TRANSLATED] = LANGUAGES.filter(({ code }) => ['en', 'de', 'ar'].includes(code));

// Names in Arabic texts, whose other words have Arabic letters.
const NAMES = new Set(['API', 'ASCII', 'Bearer', 'Ctrl', 'GraphQL', 'GraphiQL', 'HTML', 'HeyGen', 'avatar_id', 'voice_id']);

// The page around the picker has the user's language, and fits in each.
export async function language({ start, openPage, consoleErrors, expectErrors, assert, screenshot }) {
  await assertPage(await openPage(), assert, screenshot);
  const serverURL = await start({ HEYGEN_SANDBOX: 'true', CLIENT_TOKENS: TOKEN });
  const mark = consoleErrors.length;
  await assertCredential(await openPage(serverURL), assert, screenshot);
  expectErrors('the console has the rejected requests alone', mark, /^401: |status of 401/);
  await assertFits(await openPage(), await openPage(serverURL), assert, screenshot);
}

async function assertPage(gallery, assert, screenshot) {
  const { page } = gallery;
  await gallery.open();
  await gallery.chooseOffice();
  const voiceName = await gallery.picker.evaluate((picker) => picker.selection.voiceName);
  const readAll = async () => (await readPage(page)).filter((text) => text !== voiceName);
  const english = await readAll();
  const headings = { de: 'Avatar-Galerie', ar: 'معرض الأفاتارات' };
  for (const language of TRANSLATED) {
    await page.locator('#language').selectOption(language.name);
    await page.getByRole('heading', { level: 1, name: headings[language.code] }).waitFor();
    const texts = await readAll();
    await screenshot(page, `language-${language.code}`);
    assertTranslated(`banner, bar, next steps and the dialog to embed are in ${language.name}`, language, english, texts, assert);
    await assertDirection(page, language, assert);
  }
  await page.reload();
  await page.getByRole('heading', { level: 1, name: headings.ar }).waitFor();
  const [title, selected] = [await page.title(), await page.locator('#language').inputValue()];
  assert(`after a reload it is still in Arabic: ${title}`, selected === 'ar' && /معرض/.test(title) && !/Sandbox|Gallery/.test(title));
  await page.locator('#language').selectOption(ENGLISH.name);
  await page.locator('.next-steps h3').waitFor();
  await gallery.settled();
  const again = await readAll();
  assert('in English it has the first texts again', `${again}` === `${english}`, JSON.stringify({ again, english }, null, 2));
}

// assertCredential asserts that the dialog for the token is translated: why it is open, what is invalid, and what is
// rejected.
async function assertCredential(gallery, assert, screenshot) {
  const { page } = gallery;
  const dialog = page.locator('#credential');
  const enter = async (value) => {
    await dialog.locator('input').fill(value);
    await dialog.locator('[type="submit"]').click();
  };
  const readAll = async ({ code }) => {
    await gallery.goto();
    await dialog.waitFor();
    await choose(page, code);
    const texts = await page.evaluate(readTexts);
    await enter('with space');
    texts.push(await dialog.locator('input').evaluate((input) => input.validationMessage));
    const hint = await page.locator('#credential-hint').textContent();
    await enter('wrong');
    await page.waitForFunction((text) => document.querySelector('#credential-hint').textContent !== text, hint);
    await screenshot(page, `language-${code}-rejected`);
    texts.push(...(await page.evaluate(readTexts)));
    await enter(TOKEN);
    await gallery.settled();
    return texts.concat(await page.evaluate(readTexts));
  };
  const english = await readAll(ENGLISH);
  for (const language of TRANSLATED) {
    assertTranslated(`the dialog for the token is in ${language.name}`, language, english, await readAll(language), assert);
  }
}

// assertFits asserts that nothing is wider than a narrow page: neither the menu, the next steps nor the dialogs, nor the
// bar of the narrowest page without a menu. locked is the gallery of a server that requires a token.
async function assertFits(gallery, locked, assert, screenshot) {
  const found = [];
  const measure = async ({ page }, view) => {
    await screenshot(page, `language-${view}`);
    found.push(...(await page.evaluate(findOverflow)).map((element) => `${view}: ${element}`));
  };
  for (const { code, name } of LANGUAGES) {
    for (const { page } of [gallery, locked]) await page.setViewportSize({ width: 390, height: 844 });
    await gallery.open();
    await choose(gallery.page, code);
    await gallery.page.locator('#menu-button').click();
    await measure(gallery, `${code}-menu`);
    await gallery.page.locator('#embed-open').click();
    await measure(gallery, `${code}-embed`);
    await gallery.page.locator('#embed-close').click();
    await gallery.page.keyboard.press('Escape');
    await gallery.chooseOffice();
    await gallery.page.locator('.next-steps .code').last().scrollIntoViewIfNeeded();
    await measure(gallery, `${code}-next-steps`);

    await locked.goto();
    await locked.page.locator('#credential').waitFor();
    await choose(locked.page, code);
    await measure(locked, `${code}-token`);
    await locked.page.locator('#credential-value').fill(TOKEN);
    await locked.page.keyboard.press('Enter');
    await locked.settled();
    await locked.page.locator('#menu-button').click();
    await measure(locked, `${code}-token-menu`);
    await locked.page.setViewportSize({ width: 941, height: 844 });
    await measure(locked, `${code}-token-bar`);
    assert(`at 390 and 941 px nothing overflows in ${name}`, found.length === 0, found.join('\n'));
  }
}

// choose sets the language, also behind a dialog.
async function choose(page, code) {
  await page.locator('#language').evaluate((select, value) => {
    select.value = value;
    select.dispatchEvent(new Event('change'));
  }, code);
}

// readPage returns the texts of the page with its dialog to embed, after a text has been copied.
async function readPage(page) {
  const copy = page.locator('.next-steps .copy').first();
  const label = await copy.textContent();
  await copy.click();
  await page.waitForFunction(([button, text]) => button.textContent !== text, [await copy.elementHandle(), label]);
  await page.locator('#embed-open').click();
  const texts = await page.evaluate(readTexts);
  await page.locator('#embed-close').click();
  return texts;
}

// readTexts runs in the page. It returns the visible texts and labels without code, and without the picker's.
function readTexts() {
  const read = (text, element) => {
    const visible = (element.closest('select') ?? element).checkVisibility();
    return visible && /\p{L}/u.test(text) && !element.closest('script, [translate="no"], option[lang]') ? [text.replace(/\s+/g, ' ').trim()] : [];
  };
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push(...read(walker.currentNode.data, walker.currentNode.parentElement));
  for (const element of document.querySelectorAll('[aria-label]')) texts.push(...read(element.getAttribute('aria-label'), element));
  return texts;
}

// findOverflow runs in the page. It returns the elements outside of the viewport. Code scrolls.
function findOverflow() {
  const elements = document.querySelectorAll('header, header *, dialog[open], dialog[open] *, .next-steps, .next-steps *');
  return Array.from(elements).flatMap((element) => {
    if (element.closest('pre *, .copy-status, option') || !element.checkVisibility()) return [];
    const { left, right } = element.getBoundingClientRect();
    const scrolls = element.matches('dialog, .next-steps, .notes') && element.scrollWidth > element.clientWidth;
    return left < 0 || right > innerWidth || scrolls ? [`${element.tagName} ${left} to ${right}, ${element.scrollWidth} px: ${element.textContent.slice(0, 40)}`] : [];
  });
}

function assertTranslated(claim, { code, same }, english, texts, assert) {
  const untranslated = texts.filter((text) => english.includes(text) && !same.includes(text));
  const words = code === 'ar' ? texts.join(' ').match(/\w{2,}/g).filter((word) => /[a-z]/i.test(word) && !NAMES.has(word)) : [];
  const detail = JSON.stringify({ untranslated, words, texts }, null, 2);
  assert(`${claim}, ${texts.length} texts`, texts.length > 15 && untranslated.length === 0 && words.length === 0, detail);
}

async function assertDirection(page, { code, direction }, assert) {
  const { lang, dir, ofCode } = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    dir: document.documentElement.dir,
    ofCode: Array.from(document.querySelectorAll('code, pre'), (node) => getComputedStyle(node).direction),
  }));
  const leftToRight = ofCode.length > 5 && ofCode.every((value) => value === 'ltr');
  assert(`the page’s language is ${lang}, its direction ${dir}, and that of code ltr`, lang === code && dir === direction && leftToRight, `${ofCode}`);
}
