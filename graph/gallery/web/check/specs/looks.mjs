import { serveVideos } from '../video.mjs';

// The panel of a character: its looks, with what a user must know to choose one.
export async function looks({ openPage, assert, screenshot }) {
  const gallery = await openPage();
  await gallery.open();
  await gallery.openMonica();
  await assertFacts(gallery, assert);
  await assertFilters(gallery, assert);
  await assertChoice(gallery, assert);
  await screenshot(gallery.page, 'panel');
  await assertVideo(gallery, assert);
  await assertMany(gallery, assert);
}

async function assertFacts(gallery, assert) {
  const text = (await gallery.look('monica_office').innerText()).replace(/\s+/g, ' ').trim();
  const wanted = /^Monica, office Ready Landscape · 1920 × 1080 pixels Engines: Avatar III, Avatar IV business indoor$/;
  assert(`a look says: ${text}`, wanted.test(text), text);
  const summary = await gallery.panel.locator('header p').innerText();
  assert(`its character: ${summary}`, /^Female · 3 looks · Public$/.test(summary), summary);
}

async function assertFilters(gallery, assert) {
  const { page } = gallery;
  const ids = () => gallery.looks.evaluateAll((all) => all.map(({ dataset }) => dataset.look).join());
  const filtered = async (act) => {
    const from = gallery.operations.length;
    await act();
    await page.waitForTimeout(350);
    await gallery.panel.locator('.panel-body .skeleton').waitFor({ state: 'detached' });
    return gallery.queries(from).length;
  };
  const searchField = page.getByRole('searchbox', { name: 'Search looks' });
  let sent = await filtered(() => searchField.pressSequentially('sofa', { delay: 30 }));
  assert(`the search among looks sends ${sent} request and finds ${await ids()}`, sent === 1 && (await ids()) === 'monica_sofa');
  await filtered(() => searchField.fill(''));
  sent = await filtered(() => page.getByLabel('Orientation').selectOption({ label: 'Landscape' }));
  assert(`landscape looks: ${await ids()}`, sent === 1 && (await ids()) === 'monica_office');
  await filtered(() => page.getByLabel('Orientation').selectOption({ label: 'Square' }));
  const note = await gallery.panel.locator('[part~="empty"]').innerText();
  assert(`no square one: ${note}`, /^No look matches/.test(note));
  await filtered(() => page.getByLabel('Orientation').selectOption(''));
  sent = await filtered(() => page.getByLabel('Ready only').check());
  assert(`ready ones: ${await ids()}`, sent === 1 && /^monica_office,monica_sofa/.test(await ids()));
  await filtered(() => page.getByLabel('Ready only').uncheck());
  assert('all of them again', (await ids()).split(',').length === 3);
}

async function assertChoice(gallery, assert) {
  const { page } = gallery;
  const selections = () => page.evaluate(() => globalThis.selections);
  await page.evaluate(() => {
    globalThis.selections = [];
    document.addEventListener('avatar-select', ({ detail }) => globalThis.selections.push(detail));
  });
  await gallery.look('monica_office').click();
  const radio = gallery.look('monica_office').getByRole('radio');
  assert('a click on a look chooses it', (await radio.isChecked()) && (await gallery.picker.evaluate((p) => p.value)) === 'monica_office');
  const card = await gallery.cards.filter({ hasText: 'Monica' }).first().innerText();
  assert('its character is marked in the grid', /Chosen/.test(card), card);
  const [selection] = await selections();
  const { lookId, groupId, voiceName, orientation, ready } = selection;
  const complete = lookId === 'monica_office' && groupId === 'group_monica' && orientation === 'landscape' && ready === true;
  assert(`avatar-select is dispatched, with the voice ${voiceName}`, complete && (await selections()).length === 1, JSON.stringify(await selections()));
}

async function assertVideo(gallery, assert) {
  const { page } = gallery;
  const restore = await serveVideos(page);
  const look = gallery.look('monica_sofa');
  const video = look.locator('video');
  await look.hover();
  assert('with reduced motion no video plays by itself', (await video.count()) === 0);
  await look.getByRole('button', { name: 'Play the preview of Monica, sofa' }).click();
  await playing(video);
  await look.getByRole('button', { name: /^Stop the preview/ }).click();
  assert('but on a click, until the next', (await video.count()) === 0);

  await page.mouse.move(5, 5);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await gallery.look('monica_sofa').hover();
  await playing(video);
  const { muted, controls } = await video.evaluate(({ muted, controls }) => ({ muted, controls }));
  assert('without, it plays under the pointer, muted', muted && !controls);
  await page.mouse.move(5, 5);
  await video.waitFor({ state: 'detached' });
  await gallery.look('monica_sofa').getByRole('radio').focus();
  await playing(video);
  assert('and with the focus', true);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await restore();
}

async function playing(video) {
  await video.waitFor();
  await video.evaluate((element) => new Promise((resolve) => (element.currentTime > 0 ? resolve() : (element.ontimeupdate = resolve))));
}

// A character with more looks than a page: they are loaded while the panel scrolls.
async function assertMany(gallery, assert) {
  const { page } = gallery;
  await gallery.during(() => page.getByLabel('Order').selectOption('looks'));
  const [name] = await gallery.names();
  await gallery.cards.first().click();
  await gallery.panel.getByRole('heading', { name }).waitFor();
  await gallery.looks.nth(23).waitFor();
  await gallery.panel.locator('.panel-body').hover();
  for (let i = 0; i < 100 && (await gallery.looks.count()) < 72; i++) {
    await page.mouse.wheel(0, 900);
    await page.waitForTimeout(40);
  }
  const loaded = await gallery.looks.count();
  assert(`${name} has many looks, of which scrolling loads ${loaded}`, loaded >= 72);
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  assert(`closing the panel returns the focus to ${name}`, (await gallery.focused()).startsWith(name), await gallery.focused());
}
