const ALIASED = `{ them: avatarGroups(first: 4) { nodes { ...F } } }
  fragment F on AvatarGroup { called: name face: previewImageUrl }`;

// Pictures are all those of an answer, whatever their keys are called.
export async function pictures({ visitor, claim, shot }) {
  const graphiql = await visitor();
  const { page } = graphiql;
  await graphiql.load();
  claim('before the first answer there are no pictures', (await page.locator('.previews').count()) === 0);
  const { text } = await graphiql.run();
  const urls = text.match(/"previewImageUrl": "http/g);
  await shown(page, claim, urls.length, 'Characters');

  await graphiql.typeQuery(ALIASED);
  const aliased = JSON.parse((await graphiql.run()).text).data.them.nodes.filter(({ face }) => face);
  await shown(page, claim, aliased.length, 'a query with aliases');
  const names = await page.locator('.preview-name').allInnerTexts();
  claim(`under them are their names, ${names}`, `${names}` === `${aliased.map(({ called }) => called)}`);

  await enlarges(graphiql, claim, shot, aliased[0]);
  await outlivesItsQuery(graphiql, claim, aliased.length);
  await staysClosed(graphiql, claim);
  await losesOne(graphiql, claim, shot);
}

// shown claims that there are n pictures, each of which the browser could draw.
async function shown(page, claim, n, of) {
  const images = page.locator('.previews li img');
  await images.nth(n - 1).waitFor();
  for (const image of await images.all()) {
    await image.scrollIntoViewIfNeeded();
    await image.evaluate((img) => img.decode());
  }
  const widths = await images.evaluateAll((all) => all.map((img) => img.naturalWidth));
  claim(`the ${n} pictures of ${of} are there, ${widths} px wide`, widths.length === n && widths.every((w) => w > 0));
}

async function enlarges(graphiql, claim, shot, { called, face }) {
  const { page } = graphiql;
  const button = page.getByRole('button', { name: `Preview of ${called}` });
  await button.click();
  const dialog = page.getByRole('dialog', { name: called });
  const width = await dialog.getByRole('img').evaluate((img) => img.decode().then(() => img.clientWidth));
  claim(`chosen, ${called}'s is ${width} px wide`, width > 300);
  claim('and its place in the JSON is marked', (await graphiql.selected()) === JSON.stringify(face));
  await shot(page, 'large');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  claim('Escape leads back to where it was', await button.evaluate((b) => b === document.activeElement));
}

async function outlivesItsQuery(graphiql, claim, n) {
  await graphiql.typeQuery('{ __typename }');
  await graphiql.settled();
  claim('a query that is being written leaves the answer its pictures', (await count(graphiql)) === n);
  await graphiql.turnTo('NextPage');
  claim('another tab has none before it is run', (await count(graphiql)) === 0);
}

async function staysClosed(graphiql, claim) {
  await graphiql.turnTo('OneCharacter');
  await graphiql.run();
  await graphiql.page.locator('.previews summary').click();
  await graphiql.page.locator('.previews:not([open])').waitFor();
  await graphiql.reload();
  await graphiql.run();
  await graphiql.page.locator('.previews:not([open])').waitFor();
  claim('closed, they stay closed at the next visit', (await count(graphiql)) === 0);
  await graphiql.page.locator('.previews summary').click();
  await graphiql.page.locator('.previews[open] li').first().waitFor();
}

// One picture is held back, and then it is none.
async function losesOne(graphiql, claim, shot) {
  const { page } = graphiql;
  let give;
  const held = new Promise((resolve) => (give = resolve));
  await page.route('**/looks/monica_sofa.svg', async (route) => {
    await held;
    await route.fulfill({ contentType: 'image/svg+xml', body: 'gone' });
  });
  await graphiql.reload();
  await graphiql.run();
  const row = page.locator('.previews ul');
  await page.locator('.previews li img').first().waitFor();
  const before = await row.boundingBox();
  give();
  await page.locator('.previews').getByText('failed to load').waitFor();
  const item = page.locator('.previews li', { hasText: 'failed to load' });
  claim('one that is gone says so, with its name', /Monica, sofa/.test(await item.innerText()));
  const after = await row.boundingBox();
  claim('nothing moves by that', JSON.stringify(before) === JSON.stringify(after));
  await shot(page, 'gone');
}

const count = (graphiql) => graphiql.page.locator('.previews li').count();
