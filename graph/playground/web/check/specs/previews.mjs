const ALIASED = `{ groups: avatarGroups(first: 4) { nodes { ...F } } }
  fragment F on AvatarGroup { title: name image: previewImageUrl }`;

// All images of a response have previews, whatever their aliases.
export async function previews({ openPage, assert, screenshot }) {
  const graphiql = await openPage();
  const { page } = graphiql;
  await graphiql.open();
  assert('before the first response there are no previews', (await page.locator('.previews').count()) === 0);
  const { json } = await graphiql.execute();
  const urls = json.match(/"previewImageUrl": "http/g);
  await assertImages(page, assert, urls.length, 'Characters');

  await graphiql.typeQuery(ALIASED);
  const aliased = JSON.parse((await graphiql.execute()).json).data.groups.nodes.filter(({ image }) => image);
  await assertImages(page, assert, aliased.length, 'a query with aliases');
  const names = await page.locator('.preview-name').allInnerTexts();
  assert(`their captions are the names, ${names}`, `${names}` === `${aliased.map(({ title }) => title)}`);

  await assertDialog(graphiql, assert, screenshot, aliased[0]);
  await assertPreviewsMatchResponse(graphiql, assert, aliased.length);
  await assertCollapsedStatePersists(graphiql, assert);
  await assertFailedImage(graphiql, assert, screenshot);
}

// assertImages asserts that there are n images, each decoded by the browser.
async function assertImages(page, assert, n, source) {
  const images = page.locator('.previews li img');
  await images.nth(n - 1).waitFor();
  for (const image of await images.all()) {
    await image.scrollIntoViewIfNeeded();
    await image.evaluate((img) => img.decode());
  }
  const widths = await images.evaluateAll((all) => all.map((img) => img.naturalWidth));
  const loaded = widths.length === n && widths.every((w) => w > 0);
  assert(`the ${n} images of ${source} load, ${widths} px wide`, loaded);
}

async function assertDialog(graphiql, assert, screenshot, { title, image }) {
  const { page } = graphiql;
  const button = page.getByRole('button', { name: `Preview of ${title}` });
  await button.click();
  const dialog = page.getByRole('dialog', { name: title });
  const width = await dialog.getByRole('img').evaluate((img) => img.decode().then(() => img.clientWidth));
  assert(`a click enlarges ${title}'s to ${width} px`, width > 300);
  assert('and selects its URL in the JSON', (await graphiql.selectedResponse()) === JSON.stringify(image));
  await screenshot(page, 'dialog');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert('Escape restores the focus', await button.evaluate((b) => b === document.activeElement));
}

async function assertPreviewsMatchResponse(graphiql, assert, n) {
  await graphiql.typeQuery('{ __typename }');
  await graphiql.waitUntilParsed();
  assert('editing the query does not change the previews of the response', (await count(graphiql)) === n);
  await graphiql.selectTab('NextPage');
  assert('another tab has none before it is run', (await count(graphiql)) === 0);
}

async function assertCollapsedStatePersists(graphiql, assert) {
  await graphiql.selectTab('OneCharacter');
  await graphiql.execute();
  await graphiql.page.locator('.previews summary').click();
  await graphiql.page.locator('.previews:not([open])').waitFor();
  await graphiql.reload();
  await graphiql.execute();
  await graphiql.page.locator('.previews:not([open])').waitFor();
  assert('collapsed, they stay collapsed on the next visit', (await count(graphiql)) === 0);
  await graphiql.page.locator('.previews summary').click();
  await graphiql.page.locator('.previews[open] li').first().waitFor();
}

// One image is delayed, and then invalid.
async function assertFailedImage(graphiql, assert, screenshot) {
  const { page } = graphiql;
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await page.route('**/looks/monica_sofa.svg', async (route) => {
    await released;
    await route.fulfill({ contentType: 'image/svg+xml', body: 'invalid' });
  });
  await graphiql.reload();
  await graphiql.execute();
  const list = page.locator('.previews ul');
  await page.locator('.previews li img').first().waitFor();
  const before = await list.boundingBox();
  release();
  await page.locator('.previews').getByText('failed to load').waitFor();
  const item = page.locator('.previews li', { hasText: 'failed to load' });
  assert('an image that fails to load shows an error and its name', /Monica, sofa/.test(await item.innerText()));
  const after = await list.boundingBox();
  assert('without a layout shift', JSON.stringify(before) === JSON.stringify(after));
  await screenshot(page, 'failed-image');
}

const count = (graphiql) => graphiql.page.locator('.previews li').count();
