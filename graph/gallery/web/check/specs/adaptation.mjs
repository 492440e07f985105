import { serveVideos } from '../video.mjs';

// The picker adapts to motion, forced colors and little space.
export async function adaptation({ openPage, assert, screenshot }) {
  const gallery = await openPage();
  await assertOneClick(gallery, assert);
  await assertForcedColors(gallery, assert, screenshot);
  await assertSmall(gallery, assert, screenshot);
}

// With motion, previews play under the pointer and with the focus: they come and go with each click.
async function assertOneClick(gallery, assert) {
  const { page } = gallery;
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await gallery.open();
  const restore = await serveVideos(page);
  await gallery.cards.filter({ hasText: 'Daphne' }).first().click();
  await gallery.looks.nth(5).waitFor();
  const missed = [];
  let played = 0;
  for (let i = 0; i < 6; i++) {
    const look = gallery.looks.nth(i);
    await look.scrollIntoViewIfNeeded();
    const { x, y, width } = await look.boundingBox();
    const top = Math.max(y, (await gallery.panel.locator('.panel-body').boundingBox()).y);
    await page.mouse.move(x + width / 2, top + 40);
    if ((await look.locator('video').waitFor({ timeout: 1000 }).then(() => true, () => false))) played++; // not every look has one
    await page.mouse.down();
    await page.waitForTimeout(50);
    await page.mouse.up();
    const chosen = await gallery.picker.evaluate((picker) => picker.value);
    if (chosen !== (await look.getAttribute('data-look'))) missed.push(i);
  }
  assert(`one click chooses a look, whose preview plays for ${played} of 6`, missed.length === 0 && played >= 3, `not those with index ${missed}`);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await restore();
}

async function assertForcedColors(gallery, assert, screenshot) {
  const { page } = gallery;
  await page.emulateMedia({ forcedColors: 'active' });
  await gallery.open('?status=FAILED');
  await page.getByRole('button', { name: /^Status/ }).click();
  const ticks = await gallery.picker.evaluate(({ shadowRoot }) =>
    [...shadowRoot.querySelectorAll('#menu-status label')].map((label) => [
      label.querySelector('input').checked,
      getComputedStyle(label.querySelector('.icon')).visibility === 'visible',
    ]),
  );
  await screenshot(page, 'forced-colors');
  const right = ticks.length > 1 && ticks.every(([checked, visible]) => checked === visible) && ticks.some(([checked]) => checked);
  assert(`with forced colors, only chosen filters have a tick: ${ticks.join(' ')}`, right);
  await page.emulateMedia({ forcedColors: 'none' });
}

// At 400 % a window of 1280 × 1024 is one of 320 × 256. What does not fit is scrolled to.
async function assertSmall(gallery, assert, screenshot) {
  const { page } = gallery;
  for (const [width, height] of [[320, 256], [640, 400], [844, 390]]) {
    await page.setViewportSize({ width, height });
    await gallery.open();
    await gallery.cards.first().scrollIntoViewIfNeeded();
    const card = await visiblePart(gallery.cards.first());
    await gallery.openMonica();
    await gallery.look('monica_office').scrollIntoViewIfNeeded();
    await page.waitForTimeout(200); // content-visibility: what was outside has no content until the next frame
    await gallery.look('monica_office').click();
    const copy = page.getByRole('button', { name: 'Copy avatar_id' });
    await copy.scrollIntoViewIfNeeded();
    const scrolls = await gallery.panel.evaluate((panel) => panel.scrollHeight > panel.clientHeight);
    await screenshot(page, `small-${width}`);
    const button = await visiblePart(copy);
    assert(`at ${width} × ${height} px a card (${card} px) and the look’s id (${button} px) are reachable`, card > 60 && button > 20 && scrolls);
    await gallery.panel.locator('.panel-body').hover();
    await gallery.panel.evaluate((panel) => panel.scrollTo(0, 0));
    for (let i = 0; i < 30; i++) await page.mouse.wheel(0, 300);
    await page.waitForFunction(() => {
      const panel = document.querySelector('heygen-avatar-picker').shadowRoot.querySelector('.panel');
      return panel.scrollTop > 0;
    });
    assert('the wheel scrolls on to it from the looks', true);
  }
}

// visiblePart returns the visible height in pixels.
async function visiblePart(locator) {
  const box = await locator.boundingBox();
  const { height } = locator.page().viewportSize();
  return box ? Math.round(Math.min(box.y + box.height, height) - Math.max(box.y, 0)) : 0;
}
