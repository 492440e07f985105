// The list continues by button and by scrolling; cards that are not loaded yet have their place.
export async function list({ openPage, assert, screenshot }) {
  const gallery = await openPage();
  await assertSkeletons(gallery, assert, screenshot);
  await assertLoadMore(gallery, assert);
  await assertEnd(gallery, assert);
}

async function assertSkeletons(gallery, assert, screenshot) {
  const release = await gallery.hold();
  await gallery.goto();
  const skeletons = gallery.picker.locator('.skeleton');
  await skeletons.first().waitFor();
  const before = await skeletons.first().locator('.image').boundingBox();
  assert(`before the first response there are ${await skeletons.count()} skeletons`, (await skeletons.count()) > 6);
  await screenshot(gallery.page, 'skeletons');
  release();
  await gallery.settled();
  const after = await gallery.cards.first().locator('[part="card-image"]').boundingBox();
  assert('the cards replace them without a layout shift', JSON.stringify(before) === JSON.stringify(after), JSON.stringify([before, after]));
}

async function assertLoadMore(gallery, assert) {
  const { page } = gallery;
  const shown = () => gallery.picker.locator('.more').innerText().then((text) => Number(/Showing (\d+) of/.exec(text)[1]));
  const first = await shown();
  const button = page.getByRole('button', { name: 'Load more' });
  const queries = await gallery.during(() => button.evaluate((b) => b.focus({ preventScroll: true })).then(() => page.keyboard.press('Enter')));
  assert(`“Load more” shows ${await shown()} instead of ${first}`, queries.length === 1 && (await shown()) === 2 * first);

  const from = gallery.operations.length;
  await gallery.scroller.hover();
  let rounds = 0;
  for (; gallery.queries(from).length < 2 && rounds < 100; rounds++) {
    await page.mouse.wheel(0, 600);
    await page.waitForTimeout(30);
  }
  await gallery.settled();
  const pages = gallery.queries(from).length;
  assert(`scrolling loads ${pages} more pages, one request each`, pages >= 2 && (await shown()) === (2 + pages) * first, `${await shown()}`);
}

async function assertEnd(gallery, assert) {
  const { page } = gallery;
  await gallery.during(() => page.getByRole('button', { name: /^Private/ }).click());
  const { scrollTop } = await gallery.scroller.evaluate(({ scrollTop }) => ({ scrollTop }));
  assert('a filter scrolls to the start', scrollTop === 0);
  const text = await gallery.picker.locator('.more').innerText();
  const [, shown, total] = /Showing (\d+) of (\d+)/.exec(text);
  const buttons = await page.getByRole('button', { name: 'Load more' }).count();
  assert(`a complete list has no button: ${text}`, shown === total && buttons === 0);
}
