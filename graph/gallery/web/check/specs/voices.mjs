import { rewriteResponses } from '../gallery-page.mjs';

// The voice of the chosen look: it plays, stops, and can be another one.
export async function voices({ openPage, requests, assert, screenshot }) {
  const gallery = await openPage();
  const { page } = gallery;
  await gallery.open();
  const samples = () => requests.filter((request) => request.url().endsWith('.wav') && request.frame().page() === page);
  await gallery.chooseOffice();
  const voice = gallery.panel.getByRole('group', { name: 'Voice' });
  const text = (await voice.innerText()).replace(/\s+/g, ' ');
  assert(`the chosen look has a voice: ${text}`, /^Monica – Calm Default voice · English · Female/.test(text), text);
  assert('whose sample is not loaded before it plays', samples().length === 0);
  await voice.getByRole('button', { name: 'Play Monica – Calm' }).click();
  await voice.getByRole('button', { name: 'Stop Monica – Calm' }).waitFor();
  await page.waitForTimeout(200);
  const stop = voice.getByRole('button', { name: 'Stop Monica – Calm' });
  assert('it plays', samples().length === 1 && (await stop.count()) === 1);
  await stop.click();
  await voice.getByRole('button', { name: 'Play Monica – Calm' }).waitFor();
  assert('and stops', true);
  await voice.getByRole('button', { name: 'Play Monica – Calm' }).click();
  await voice.getByRole('button', { name: 'Play Monica – Calm' }).waitFor({ timeout: 10_000 });
  assert('or ends by itself', true);

  await assertChange(gallery, assert, screenshot);
  await assertStops(gallery, assert);
  await assertUnknownLanguages(gallery, assert);
}

// HeyGen's languages are words. Those that the picker does not know are shown as they are.
async function assertUnknownLanguages(gallery, assert) {
  const { page } = gallery;
  const restore = await rewriteResponses(page, (text) => text.replaceAll('"language":"English"', '"language":"constructor"'));
  await gallery.open();
  await gallery.chooseOffice();
  await gallery.panel.getByRole('button', { name: 'Change voice' }).click();
  const item = gallery.panel.getByRole('list', { name: 'Voices' }).getByRole('listitem').filter({ hasText: 'constructor' }).first();
  await item.waitFor();
  assert(`an unknown language is shown as it is: ${(await item.innerText()).replace(/\s+/g, ' ')}`, true);
  await restore();
}

// What plays has a button that stops it: a sample stops when its voice leaves the screen.
async function assertStops(gallery, assert) {
  const { page } = gallery;
  const voice = gallery.panel.getByRole('group', { name: 'Voice' });
  const playing = () => gallery.panel.getByRole('button', { name: /^Stop/ });
  await page.evaluate(() => {
    globalThis.samples = [];
    globalThis.Audio = class extends Audio {
      constructor(...sources) {
        super(...sources);
        globalThis.samples.push(this);
      }
    };
  });
  const silent = () => page.evaluate(() => globalThis.samples.every((sample) => sample.paused || sample.ended));
  if ((await page.getByRole('button', { name: 'Use the default voice' }).count()) === 0) {
    await voice.getByRole('button', { name: 'Change voice' }).click();
    await gallery.panel.getByRole('button', { name: /^Choose the voice/ }).first().click();
  }
  await voice.getByRole('button', { name: /^Play/ }).click();
  await playing().waitFor();
  await page.getByRole('button', { name: 'Use the default voice' }).click();
  const reset = await silent();
  await voice.getByRole('button', { name: 'Change voice' }).click();
  await gallery.panel.getByRole('list', { name: 'Voices' }).getByRole('button', { name: /^Play/ }).first().click();
  await playing().waitFor();
  await page.getByRole('searchbox', { name: 'Search voices' }).fill('no such voice');
  await gallery.panel.getByText('No voice matches.').waitFor();
  assert('a sample stops with the choice of another voice, and when it is filtered away', reset && (await silent()));
}

async function assertChange(gallery, assert, screenshot) {
  const { page } = gallery;
  const voice = gallery.panel.getByRole('group', { name: 'Voice' });
  await voice.getByRole('button', { name: 'Change voice' }).click();
  const items = gallery.panel.getByRole('list', { name: 'Voices' }).getByRole('listitem');
  await items.first().waitFor();
  assert('the list of voices opens, and its search has the focus', (await gallery.focused()) === 'Search voices');
  await screenshot(page, 'voices');
  const searched = async (act) => {
    const from = gallery.operations.length;
    await act();
    await page.waitForTimeout(350);
    await gallery.panel.locator('[aria-busy="false"]').waitFor();
    return gallery.queries(from).length;
  };
  const sent = await searched(() => page.keyboard.type('amina', { delay: 30 }));
  const names = await items.locator('.voice-name').allInnerTexts();
  assert(`a search for voices sends ${sent} request: ${names[0]}`, sent === 1 && names.length > 0 && names.every((name) => /amina/i.test(name)), names.join());
  await searched(() => page.getByRole('searchbox', { name: 'Search voices' }).fill(''));
  await searched(() => page.getByLabel('Language').last().selectOption({ label: 'French' }));
  await searched(() => page.getByLabel('Gender').last().selectOption({ label: 'Male' }));
  const about = await items.locator('.voice-meta').allInnerTexts();
  assert(`they are filtered by language and gender: ${about[0]}`, about.length > 0 && about.every((a) => a === 'French · Male'), about.join());
  await items.first().getByRole('button', { name: /^Play/ }).click();
  await items.first().getByRole('button', { name: /^Stop/ }).waitFor();
  assert('each can be heard', true);
  const name = await items.first().locator('.voice-name').innerText();
  await items.first().getByRole('button', { name: `Choose the voice ${name}` }).click();
  await gallery.looks.first().waitFor();
  assert(`${name} is the voice now, and “Change voice” has the focus`, (await voice.innerText()).startsWith(name) && (await gallery.focused()) === 'Change voice');
  const { voiceName, voiceId } = await gallery.picker.evaluate((picker) => picker.selection);
  const shown = await page.locator('.next-steps .id', { hasText: 'voice_id' }).locator('code').innerText();
  assert('the selection has it, and so have the next steps', voiceName === name && shown === voiceId, shown);
  await page.getByRole('button', { name: 'Use the default voice' }).click();
  const isDefault = (await voice.innerText()).startsWith('Monica – Calm');
  assert('the default voice is back, and “Change voice” has the focus', isDefault && (await gallery.focused()) === 'Change voice');
}
