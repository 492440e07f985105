import { graphql } from '../gallery-page.mjs';

const COUNTS = `{
  avatarGroups(first: 1) { totalCount facets { gender { value count } } }
  private: avatarGroups(first: 1, ownership: PRIVATE) { totalCount }
  byName: avatarGroups(first: 12, orderBy: { field: NAME, direction: ASC }) { nodes { name } }
}`;

// Filters have the number of each value, and are cleared with one click.
export async function filters(check) {
  await assertFilters(check);
  await assertWithoutOwners(check);
}

async function assertFilters({ baseURL, openPage, assert, screenshot }) {
  const gallery = await openPage();
  const { page } = gallery;
  await gallery.open();
  const expected = await graphql(baseURL, COUNTS);
  const counts = Object.fromEntries(expected.avatarGroups.facets.gender.map(({ value, count }) => [value, count]));
  const total = () => gallery.total.innerText().then((text) => Number(text.replace(/\D/g, '')));
  const option = (name) => gallery.picker.locator('label', { hasText: new RegExp(`^\\s*${name}\\b`) });

  await page.getByRole('button', { name: 'Gender' }).click();
  const female = (await option('Female').innerText()).replace(/\s+/g, ' ').trim();
  assert(`the filter has the number of each value: ${female}`, female === `Female ${counts.FEMALE}`);
  await screenshot(page, 'filter');
  const queries = await gallery.during(() => option('Female').click());
  assert(`choosing it sends one request and shows ${await total()}`, queries.length === 1 && (await total()) === counts.FEMALE);
  await gallery.during(() => option('Male').click());
  assert(`a second value adds to it: ${await total()}`, (await total()) === counts.FEMALE + counts.MALE);
  await page.keyboard.press('Escape');
  assert('Escape closes the menu, whose button has the focus', /Gender/.test(await gallery.focused()), await gallery.focused());

  await gallery.during(() => page.getByRole('button', { name: 'Clear search and filters' }).click());
  assert(`all filters are cleared at once: ${await total()}`, (await total()) === expected.avatarGroups.totalCount);
  const privately = page.getByRole('button', { name: /^Private/ });
  const label = await privately.innerText();
  await gallery.during(() => privately.click());
  const { totalCount } = expected.private;
  assert(`“${label}” shows ${await total()}`, label === `Private ${totalCount}` && (await total()) === totalCount);
  await gallery.during(() => page.getByRole('button', { name: 'All', exact: true }).click());

  const ordered = await gallery.during(() => page.getByLabel('Order').selectOption({ label: 'Name' }));
  const names = await gallery.names();
  const byName = expected.byName.nodes.map(({ name }) => name.trim());
  const sorted = ordered.length === 1 && `${names.slice(0, 12)}` === `${byName}`;
  assert(`the order by name is the server’s: ${names.slice(0, 3).join(', ')}`, sorted, `${byName}`);
}

// A server whose limit allows one list in a query, not three, has the other numbers.
async function assertWithoutOwners({ start, openPage, consoleErrors, expectErrors, assert }) {
  const gallery = await openPage(await start({ HEYGEN_SANDBOX: 'true', MAX_COST: '250' }));
  const mark = consoleErrors.length;
  await gallery.open();
  await gallery.during(() => gallery.searchField.fill('monica'));
  const owners = await gallery.page.getByRole('button', { name: /^(Public|Private)/ }).allInnerTexts();
  const total = await gallery.total.innerText();
  assert(`with a low MAX_COST there are ${total}, and no numbers of owners`, total === '7 avatars' && `${owners}` === 'Public,Private', `${owners}`);
  expectErrors('after one rejected query', mark, /^400: |status of 400/);
}
