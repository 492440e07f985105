import { graphql } from '../gallery-page.mjs';

const NAMES = 'query ($search: String) { avatarGroups(first: 48, search: $search) { nodes { name } totalCount } }';

// Search sends one request when the user pauses, and never shows the response of an earlier search.
export async function search({ baseURL, openPage, assert, screenshot }) {
  const gallery = await openPage();
  await gallery.open();
  const queries = await gallery.during(() => gallery.searchField.pressSequentially('monica', { delay: 40 }));
  const [query] = queries;
  assert('typing “monica” quickly sends one request', queries.length === 1, queries.map((q) => q.variables.search).join());
  assert('for the list and its counts', query.variables.search === 'monica' && query.variables.counts === true);
  const { nodes, totalCount } = (await graphql(baseURL, NAMES, { search: 'monica' })).avatarGroups;
  const names = await gallery.names();
  const expected = nodes.slice(0, names.length).map(({ name }) => name.trim());
  assert(`it shows the server’s results, ${names.slice(0, 3).join(', ')}`, `${names}` === `${expected}`, `${expected}`);
  const total = await gallery.total.innerText();
  assert(`and their number, ${total}`, total.startsWith(`${totalCount} avatar`), `${totalCount}`);

  const entered = await gallery.during(async () => {
    await gallery.searchField.fill('daphne');
    await gallery.searchField.press('Enter');
  });
  assert('Enter searches at once, with one request', entered.length === 1);
  const same = await gallery.during(() => gallery.searchField.fill(' daphne '));
  assert('white space around the search sends none', same.length === 0);

  await assertOutdatedIsNotShown(gallery, assert);
  await assertEmpty(gallery, assert, screenshot);
}

async function assertOutdatedIsNotShown(gallery, assert) {
  const { page } = gallery;
  const release = await gallery.hold((operation) => operation.variables.search === 'monica');
  const outdated = page.waitForRequest((request) => request.postData()?.includes('"monica"'));
  await gallery.searchField.fill('monica');
  await outdated;
  await gallery.searchField.fill('tomas');
  await gallery.waitForName('Tomas');
  release();
  await page.waitForTimeout(300);
  const [first] = await gallery.names();
  assert(`a response that comes after that of a later search is not shown, still ${first}`, /tomas/i.test(first));
}

async function assertEmpty(gallery, assert, screenshot) {
  const { page } = gallery;
  await gallery.during(() => gallery.searchField.fill('no such avatar'));
  const empty = gallery.picker.locator('[part="empty"]');
  const text = (await empty.innerText()).replace(/\s+/g, ' ');
  assert(`without results it says: ${text}`, /No avatars found/.test(text));
  await screenshot(page, 'empty');
  const cleared = await gallery.during(() => page.getByRole('button', { name: 'Clear search and filters' }).click());
  const value = await gallery.searchField.inputValue();
  assert('and clears the search', value === '' && (await gallery.cards.count()) > 0 && cleared.length === 2);
  assert('which has the focus then', (await gallery.focused()) === 'Search avatars', await gallery.focused());

  await gallery.during(() => gallery.searchField.fill('monica'));
  await gallery.during(() => page.getByRole('button', { name: 'Clear search', exact: true }).click());
  assert('so does its button', (await gallery.searchField.inputValue()) === '' && (await gallery.focused()) === 'Search avatars');
}
