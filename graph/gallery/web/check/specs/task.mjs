import { graphql } from '../gallery-page.mjs';

const MAX_CLICKS = 9;

// The task of a new user: find a woman, and a look of hers in an office, landscape, ready; hear her voice; copy what a
// video needs.
export async function task({ baseURL, openPage, assert }) {
  for (const width of [1280, 390]) await find(width, await openPage(), baseURL, assert);
}

async function find(width, gallery, baseURL, assert) {
  const { page } = gallery;
  let clicks = 0;
  const click = async (locator) => {
    clicks++;
    await locator.click();
  };
  await gallery.allowClipboard();
  await page.setViewportSize({ width, height: 844 });
  const started = Date.now();
  await gallery.goto();
  await click(page.getByRole('button', { name: 'Gender' }));
  await gallery.during(() => click(gallery.picker.locator('label', { hasText: /^\s*Female\b/ })));
  await page.keyboard.press('Escape');
  await click(gallery.cards.first());
  await gallery.looks.first().waitFor();
  await click(page.getByRole('searchbox', { name: 'Search looks' }));
  await page.keyboard.type('office');
  clicks++;
  await page.getByLabel('Orientation').selectOption({ label: 'Landscape' });
  await click(page.getByLabel('Ready only'));
  await page.waitForTimeout(350);
  await gallery.panel.locator('.panel-body .skeleton').waitFor({ state: 'detached' });
  await click(gallery.looks.first());
  await click(gallery.panel.getByRole('group', { name: 'Voice' }).getByRole('button', { name: /^Play/ }));
  await gallery.panel.getByRole('button', { name: /^Stop/ }).waitFor();
  await click(page.getByRole('button', { name: 'Copy the command' }));
  await page.getByText('Copied', { exact: true }).waitFor();
  const seconds = (Date.now() - started) / 1000;

  const { avatar_id: id, voice_id: voiceId } = JSON.parse(/-d '([^]*)'$/.exec(await gallery.clipboard())[1]);
  const { avatarLook } = await graphql(
    baseURL,
    'query ($id: ID!) { avatarLook(id: $id) { name preferredOrientation readiness { state } group { genderCategory } } }',
    { id },
  );
  const { name, preferredOrientation: orientation, readiness, group } = avatarLook;
  const fits = /office/.test(name) && orientation === 'LANDSCAPE' && readiness.state === 'READY' && group.genderCategory === 'FEMALE';
  assert(`a new user finds ${name} (${id}) and a voice (${voiceId})`, fits && /^[0-9a-f]{32}$/.test(voiceId), JSON.stringify(avatarLook));
  assert(`at ${width} px with ${clicks} clicks and one word, in ${seconds.toFixed(1)} s without pauses`, clicks <= MAX_CLICKS);
}
