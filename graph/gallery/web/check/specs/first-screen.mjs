import { graphql } from '../gallery-page.mjs';

// The first screen needs one request; the numbers follow in a second one, which no one waits for.
export async function firstScreen({ baseURL, openPage, assert }) {
  const gallery = await openPage();
  const release = await gallery.hold(({ variables }) => variables.counts === true);
  const response = await gallery.goto();
  assert(`the page loads (${response.status()})`, response.status() === 200);
  await gallery.cards.first().waitFor();
  const image = gallery.cards.first().locator('img');
  const width = await image.evaluate((img) => img.decode().then(() => img.naturalWidth));
  const sent = gallery.queries().map(({ name, variables }) => `${name} counts: ${variables.counts}`);
  const pending = (await gallery.total.textContent()) === '';
  assert(
    `the first screen is painted after one GraphQL request, its first image ${width} px wide`,
    pending && width > 0 && sent[0] === 'PickerCharacters counts: false' && sent.slice(1).every((s) => s.endsWith('true')),
    sent.join('\n'),
  );
  const skeletons = await gallery.picker.locator('.skeleton').count();
  assert(`${await gallery.cards.count()} characters are in the document, no skeleton`, skeletons === 0);

  release();
  await gallery.settled();
  const { avatarGroups } = await graphql(baseURL, '{ avatarGroups(first: 1) { totalCount } }');
  const total = await gallery.total.innerText();
  assert(`then one for the counts: ${total}`, total === `${avatarGroups.totalCount} avatars`, total);
  const queries = gallery.queries();
  assert('which are all queries', queries.length === 2, queries.map(({ name }) => name).join());
  assert('documents are sent as their ids', gallery.operations.every(({ hasSource }) => !hasSource));
  const paint = await gallery.page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
  console.log(`      first contentful paint after ${Math.round(paint)} ms`);
}
