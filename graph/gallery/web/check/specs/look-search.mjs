// A search that no character's name matches leads on to the looks: their filter stays from one character to the next.
export async function lookSearch({ openPage, assert, screenshot }) {
  const gallery = await openPage();
  const { page } = gallery;
  await gallery.open();
  await gallery.during(() => gallery.searchField.fill('office'));
  const text = (await gallery.picker.locator('[part="empty"]').innerText()).replace(/\s+/g, ' ');
  assert(`a search for a place says: ${text}`, /Outfits and places are looks/.test(text));
  await gallery.during(() => page.getByRole('button', { name: 'Search looks for “office”' }).click());
  const note = page.getByText('Looks are searched for “office” when you open an avatar.');
  assert('its button shows all characters, and searches the looks of those that are opened', (await note.isVisible()) && (await gallery.cards.count()) > 1);
  assert('the search has the focus', (await gallery.focused()) === 'Search avatars', await gallery.focused());

  await gallery.openMonica();
  assert(`Monica has ${await ids(gallery)}`, (await ids(gallery)) === 'monica_office');
  await page.getByLabel('Orientation').selectOption({ label: 'Landscape' });
  await page.getByLabel('Ready only').check();
  await page.waitForFunction(() => location.search === '?looks=office&orientation=landscape&ready=true&character=group_monica');
  await screenshot(page, 'look-search');
  await page.goBack();
  await gallery.panel.waitFor({ state: 'detached' });
  assert('Back keeps the filter', new URL(page.url()).search === '?looks=office&orientation=landscape&ready=true', page.url());
  const other = gallery.cards.filter({ hasNotText: 'Monica' }).first();
  await other.click();
  await gallery.panel.locator('.panel-body .skeleton').waitFor({ state: 'detached' });
  const field = page.getByRole('searchbox', { name: 'Search looks' });
  const kept = [await field.inputValue(), await page.getByLabel('Orientation').inputValue(), await page.getByLabel('Ready only').isChecked()];
  assert(`the next character has the same filter: ${kept}`, `${kept}` === 'office,landscape,true');
  await page.reload();
  await gallery.settled();
  await field.waitFor();
  assert('and so does a reloaded page', (await field.inputValue()) === 'office' && (await page.getByLabel('Ready only').isChecked()));

  await field.fill('no such look');
  const none = gallery.panel.locator('[part="empty"]');
  await none.getByRole('button', { name: 'Clear search and filters' }).click();
  await gallery.looks.first().waitFor();
  assert('without a match, a button clears it', (await field.inputValue()) === '');
  await field.fill('office');
  await page.waitForFunction(() => location.search.includes('looks=office'));
  await field.press('Escape');
  await page.waitForFunction(() => !location.search.includes('looks='));
  assert('so does Escape, which leaves the character open', (await field.inputValue()) === '' && (await gallery.panel.count()) === 1);
  await field.fill('office');
  await page.waitForFunction(() => location.search.includes('looks=office'));
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByRole('button', { name: 'Clear search', exact: true }).click();
  await page.waitForFunction(() => !location.search.includes('looks='));
  assert('and the button beside the note', (await note.count()) === 0);
}

const ids = ({ looks }) => looks.evaluateAll((all) => all.map(({ dataset }) => dataset.look).join());
