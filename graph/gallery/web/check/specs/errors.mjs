// Every failure is shown in words, with what to do, and Retry does it.
export async function errors(check) {
  const gallery = await check.openPage();
  await assertFirstPage(gallery, check);
  await assertRateLimit(check);
  await assertOffline(gallery, check);
  await assertPanel(gallery, check);
}

const shown = async (gallery) => (await gallery.error.first().innerText()).replace(/\s+/g, ' ');

async function assertFirstPage(gallery, { assert, consoleErrors, expectErrors, screenshot }) {
  const { page } = gallery;
  const cases = [
    [503, { code: 'OVERLOADED' }, /The server is busy\. Wait a few seconds, then retry\./],
    [429, { code: 'RATE_LIMITED', retryAfter: 7 }, /Too many requests\. Retry in 7 seconds\./],
    [200, { code: 'UPSTREAM_UNAUTHENTICATED' }, /The administrator must enter a valid one/],
    [500, { code: 'SOMETHING_NEW' }, /Something went wrong \(SOMETHING_NEW\)/],
  ];
  for (const [status, extensions, words] of cases) {
    const mark = consoleErrors.length;
    const restore = await gallery.fail(status, extensions);
    await gallery.goto();
    await gallery.error.waitFor();
    const text = await shown(gallery);
    await restore();
    await page.getByRole('button', { name: 'Retry' }).click();
    await gallery.settled();
    const focused = await page.evaluate(() => document.activeElement.localName);
    assert(`${extensions.code}: “${text}”, and Retry works`, words.test(text) && /could not be loaded/.test(text), text);
    assert('and leaves the focus in the picker', focused === 'heygen-avatar-picker', focused);
    if (status >= 400) expectErrors('with nothing else in the console', mark, new RegExp(`^${status}: |status of ${status}`));
  }

  const mark = consoleErrors.length;
  await page.route('**/graphql', (route) => route.abort('connectionrefused'));
  await gallery.goto();
  await gallery.error.waitFor();
  const text = await shown(gallery);
  await screenshot(page, 'server-down');
  await page.unroute('**/graphql');
  await page.getByRole('button', { name: 'Retry' }).click();
  await gallery.settled();
  assert(`a server that is down: “${text}”, and Retry works`, /could not be reached\. Check your connection/.test(text));
  expectErrors('with nothing else in the console', mark, /ERR_CONNECTION_REFUSED/);
}

// A server with a rate limit: a search costs half of what a caller may use at once.
async function assertRateLimit({ start, openPage, assert, consoleErrors, expectErrors }) {
  const gallery = await openPage(await start({ HEYGEN_SANDBOX: 'true', RATE_LIMIT: '12000', RATE_LIMIT_BURST: '650' }));
  const { page } = gallery;
  await gallery.open();
  const mark = consoleErrors.length;
  for (const letter of 'abcd') {
    const response = page.waitForResponse((r) => r.request().postData()?.includes(`"${letter}"`));
    await gallery.searchField.fill(letter);
    await gallery.searchField.press('Enter');
    await response;
  }
  await gallery.error.waitFor();
  const text = await shown(gallery);
  const seconds = Number(/Retry in (\d+) second/.exec(text)?.[1]);
  assert(`a real rate limit: “${text}”`, seconds >= 1);
  await page.waitForTimeout(seconds * 1000);
  await page.getByRole('button', { name: 'Retry' }).click();
  await gallery.settled();
  assert('then Retry works', (await gallery.error.count()) === 0);
  expectErrors('with nothing else in the console', mark, /^429: |status of 429/);
}

async function assertOffline(gallery, { assert, consoleErrors, expectErrors, screenshot }) {
  const { page } = gallery;
  await gallery.open();
  const mark = consoleErrors.length;
  await page.context().setOffline(true);
  const banner = gallery.picker.getByText('You are offline. The picker continues');
  await banner.waitFor();
  await gallery.searchField.fill('monica');
  await gallery.error.waitFor();
  const text = await shown(gallery);
  assert(`offline: “${text}”`, /You are offline\. Check your connection\./.test(text));
  await screenshot(page, 'offline');
  await page.context().setOffline(false);
  await gallery.waitForName('Monica');
  await banner.waitFor({ state: 'detached' });
  assert('online again, it continues by itself', (await gallery.error.count()) === 0);
  expectErrors('with nothing else in the console', mark, /ERR_INTERNET_DISCONNECTED/);
}

// A failure of a further page or of the panel leaves what is shown.
async function assertPanel(gallery, { assert, consoleErrors, expectErrors }) {
  const { page } = gallery;
  await gallery.open();
  const mark = consoleErrors.length;
  let restore = await gallery.fail(503, { code: 'OVERLOADED' });
  const before = await gallery.cards.count();
  await gallery.scroller.evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
  await gallery.error.waitFor();
  assert('a failed further page leaves the characters', (await gallery.cards.count()) > 0 && before > 0);
  await restore();
  const shown = async () => Number(/Showing ([\d,]+)/.exec(await gallery.scroller.innerText())?.[1].replace(',', ''));
  await page.getByRole('button', { name: 'Retry' }).click();
  await page.waitForFunction(() => /Showing ([6-9]\d|\d{3})/.test(document.querySelector('heygen-avatar-picker').shadowRoot.querySelector('.more')?.textContent));
  assert(`Retry loads it: ${await shown()} characters`, (await shown()) > 48);

  await gallery.scroller.evaluate((scroller) => scroller.scrollTo(0, 0));
  restore = await gallery.fail(503, { code: 'OVERLOADED' });
  await gallery.cards.filter({ hasText: 'Monica' }).first().click();
  await gallery.panel.locator('[part~="error"]').waitFor();
  await restore();
  await gallery.panel.getByRole('button', { name: 'Retry' }).click();
  await gallery.looks.first().waitFor();
  assert('Retry in the panel loads its looks', true);
  expectErrors('with nothing else in the console', mark, /^503: |status of 503/);
}
