// Everything works without a mouse.
export async function keyboard({ openPage, assert }) {
  const gallery = await openPage();
  const { page } = gallery;
  const press = (key) => page.keyboard.press(key);
  await gallery.open();
  await tabTo(gallery, 'Search avatars');
  await gallery.during(() => page.keyboard.type('a'));
  assert('Tab reaches the search', (await gallery.searchField.inputValue()) === 'a');
  await gallery.during(() => press('Escape'));
  assert('Escape clears it', (await gallery.searchField.inputValue()) === '');

  await tabTo(gallery, 'Gender');
  await press('Enter');
  await press('ArrowDown');
  await gallery.during(() => press('Space'));
  await press('Escape');
  assert('a filter is set', /gender=FEMALE/.test(page.url()), page.url());
  await press('Shift+Tab');

  const names = await gallery.names();
  await tabToCard(gallery);
  assert(`Tab reaches the first card, ${names[0]}`, (await cardName(gallery)) === names[0]);
  await press('ArrowRight');
  assert(`the right arrow moves to the next, ${names[1]}`, (await cardName(gallery)) === names[1]);
  await press('ArrowDown');
  const below = names.indexOf(await cardName(gallery));
  assert(`the down arrow to the next row, by ${below - 1}`, below > 2);
  await press('End');
  await page.waitForTimeout(200);
  const last = await cardName(gallery);
  await press('Home');
  await page.waitForTimeout(200);
  const first = await cardName(gallery);
  assert(`End moves to the last one, ${last}, and Home to the first`, first === names[0] && !names.includes(last), first);

  await press('Enter');
  await gallery.looks.first().waitFor();
  assert('Enter opens a character, whose name has the focus', (await gallery.focused()) === names[0], await gallery.focused());
  const lookId = await gallery.looks.first().getAttribute('data-look');
  const name = await gallery.looks.first().locator('.look-name').innerText();
  await tabUntil(gallery, async () => (await focusedType(page)) === 'radio');
  await press('Space');
  await page.getByRole('heading', { name: 'Use this look' }).waitFor();
  assert(`Space chooses ${name}`, (await gallery.picker.evaluate((picker) => picker.value)) === lookId);
  await press('ArrowDown');
  await page.waitForTimeout(100);
  assert('an arrow chooses the next', (await gallery.picker.evaluate((picker) => picker.value)) !== lookId);
  await tabTo(gallery, /^Play (?!the preview)/);
  await press('Enter');
  await tabUntil(gallery, async () => /^Stop/.test(await gallery.focused()), 1);
  assert('the voice plays', true);
  await press('Enter');
  await tabTo(gallery, 'Change voice');
  await press('Enter');
  await gallery.panel.getByRole('list', { name: 'Voices' }).getByRole('listitem').first().waitFor();
  await press('Escape');
  await gallery.looks.first().waitFor();
  assert('Escape closes the voices, and returns the focus', (await gallery.focused()) === 'Change voice');
  await tabTo(gallery, 'Copy avatar_id');
  assert('Tab reaches the look’s id', true);
  await press('Escape');
  await gallery.panel.waitFor({ state: 'detached' });
  await page.waitForTimeout(100);
  assert('Escape closes the panel, and returns the focus to the card', (await cardName(gallery)) === names[0]);
}

// tabTo presses Tab until the focused element has the name.
async function tabTo(gallery, name) {
  await tabUntil(gallery, async () => {
    const focused = await gallery.focused();
    return name instanceof RegExp ? name.test(focused) : focused === name;
  });
}

function tabToCard(gallery) {
  return tabUntil(gallery, async () => (await cardName(gallery)) !== undefined);
}

async function tabUntil(gallery, reached, max = 40) {
  const passed = [];
  for (let i = 0; i <= max; i++) {
    if (await reached()) return;
    passed.push(await gallery.focused());
    await gallery.page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach it, but ${passed.join(' | ')}`);
}

// cardName returns the name on the focused card.
function cardName(gallery) {
  return gallery.picker.evaluate(({ shadowRoot }) => shadowRoot.activeElement?.querySelector('[part="card-name"]')?.textContent.trim());
}

function focusedType(page) {
  return page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.type);
}
