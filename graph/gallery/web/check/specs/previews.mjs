// Previews that do not load, and those that do not exist, are replaced by the initials of the name.
export async function previews({ openPage, assert, screenshot }) {
  const gallery = await openPage();
  const { page } = gallery;
  await page.route('**/portraits/group_monica.svg', (route) => route.fulfill({ contentType: 'image/svg+xml', body: 'invalid' }));
  await gallery.open();
  const monica = gallery.cards.filter({ hasText: 'Monica' }).first();
  await monica.locator('.initials').waitFor();
  const initials = await monica.locator('.initials').innerText();
  assert(`a broken preview is replaced by “${initials}”`, initials === 'M' && (await monica.locator('img').count()) === 0);
  const daphne = gallery.cards.filter({ hasText: 'Daphne' }).first();
  assert('and so is a missing one', (await daphne.locator('.initials').innerText()) === 'D');

  const images = gallery.cards.locator('img');
  const visible = await images.evaluateAll((all) => all.filter((img) => img.getBoundingClientRect().top < innerHeight).length);
  await page.waitForFunction(
    (n) => [...document.querySelector('heygen-avatar-picker').shadowRoot.querySelectorAll('.card img')].filter((img) => img.complete && img.naturalWidth > 0).length >= n,
    visible,
  );
  assert(`the ${visible} visible others load`, visible > 5);
  const referrers = await images.evaluateAll((all) => all.every((img) => img.referrerPolicy === 'no-referrer' && img.alt === ''));
  assert('they send no referrer, and are decorative: the name is beside them', referrers);
  await screenshot(page, 'broken-preview');
}
