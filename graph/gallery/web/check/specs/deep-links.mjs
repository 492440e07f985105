// The URL is what the page shows: it can be shared, reloaded, and left with Back.
export async function deepLinks({ openPage, assert }) {
  const gallery = await openPage();
  await assertUrlFollows(gallery, assert);
  await assertHistory(gallery, assert);
  await assertInvalid(gallery, assert);
}

async function assertUrlFollows(gallery, assert) {
  const { page } = gallery;
  await gallery.open('?utm_source=x');
  await gallery.during(() => gallery.searchField.fill('monica'));
  assert('the search is in the URL', query(page) === '?q=monica', page.url());
  await page.getByRole('button', { name: 'Gender' }).click();
  await gallery.during(() => gallery.picker.locator('label', { hasText: /^\s*Female\b/ }).click());
  await page.keyboard.press('Escape');
  await gallery.during(() => page.getByLabel('Order').selectOption('looks'));
  assert('so are filters and order', query(page) === '?q=monica&gender=FEMALE&order=looks', page.url());
  await gallery.chooseOffice();
  const url = '?q=monica&gender=FEMALE&order=looks&character=group_monica&look=monica_office';
  assert('so are the character and the look', query(page) === url, page.url());

  await gallery.panel.getByRole('button', { name: 'Change voice' }).click();
  await gallery.panel.getByRole('button', { name: /^Choose the voice/ }).first().click();
  await page.waitForFunction(() => /&voice=[^&]+$/.test(location.search));
  const voice = await page.locator('.next-steps .id code').nth(1).innerText();
  assert(`and the voice, unless it is the default one: ${voice}`, query(page) === `${url}&voice=${voice}`, page.url());

  const before = await state(gallery);
  await page.reload();
  await gallery.settled();
  await gallery.looks.first().waitFor();
  await page.locator('.next-steps .id code').filter({ hasText: voice }).waitFor();
  const after = await state(gallery);
  assert(`after a reload it shows the same: ${after}`, before === after, before);
}

async function assertHistory(gallery, assert) {
  const { page } = gallery;
  await page.goBack();
  await gallery.look('monica_office').waitFor();
  const isChosen = await gallery.panel.locator('[part~="look-selected"]').count();
  assert('Back, no look is chosen', isChosen === 0 && query(page).endsWith('&character=group_monica'), page.url());
  await page.goBack();
  await gallery.panel.waitFor({ state: 'detached' });
  assert('Back again, the panel is closed and the search is the same', (await gallery.searchField.inputValue()) === 'monica');
  await page.goForward();
  await gallery.looks.first().waitFor();
  await page.goForward();
  await page.getByRole('heading', { name: 'Use this look' }).waitFor();
  const heading = await gallery.panel.getByRole('heading', { level: 2 }).innerText();
  assert(`Forward twice, ${heading}’s look and voice are chosen again`, /&look=monica_office&voice=\w+$/.test(query(page)), page.url());

  await gallery.goto('?look=monica_sofa');
  await gallery.panel.locator('[data-look="monica_sofa"][data-chosen]').waitFor();
  assert('a look alone opens its character', query(page) === '?character=group_monica&look=monica_sofa', page.url());
}

async function assertInvalid(gallery, assert) {
  const { page } = gallery;
  await gallery.open('?gender=ROBOT,MALE&order=%00&ownership=mine&q=%20%20');
  const valid = [
    await page.getByRole('button', { name: 'Gender: Male' }).count(),
    await page.getByLabel('Order').inputValue(),
    await page.getByRole('button', { name: 'All', exact: true }).getAttribute('aria-pressed'),
    await gallery.searchField.inputValue(),
  ];
  assert(`invalid values are ignored: ${valid}`, `${valid}` === '1,relevance,true,');
  await gallery.goto('?character=no-such-group');
  await gallery.panel.locator('[part~="error"]').waitFor();
  const text = (await gallery.panel.innerText()).replace(/\s+/g, ' ');
  assert(`an unknown character: ${text}`, /no longer exists/.test(text) && !/undefined|null/.test(text));
}

// state returns what the user sees of the view.
async function state(gallery) {
  const { page } = gallery;
  return [
    await gallery.searchField.inputValue(),
    await page.getByRole('button', { name: /^Gender/ }).getAttribute('aria-label'),
    await page.getByLabel('Order').inputValue(),
    await gallery.total.innerText(),
    await gallery.panel.getByRole('heading', { level: 2 }).innerText(),
    await gallery.panel.locator('[part~="look-selected"]').getAttribute('data-look'),
    await page.locator('.next-steps .id code').first().innerText(),
    await page.locator('.next-steps .id code').nth(1).innerText(),
  ].join(', ');
}

const query = (page) => new URL(page.url()).search;
