import { eachOnAnEmptyPage, LOOK } from '../element-page.mjs';

// The element as a part of a page: in forms, moved, removed, with a label, in a dialog.
export function element(check) {
  const tests = [assertForms, assertAttributes, assertMoves, assertUnresolved, assertLabel, assertLanguage, assertDialog];
  return eachOnAnEmptyPage(check, tests);
}

async function assertForms({ page }, assert) {
  const result = await page.evaluate(async (look) => {
    const form = document.querySelector('form');
    const picker = mount({ required: '' });
    await picker.updateComplete;
    const states = { empty: picker.checkValidity() };
    picker.requestUpdate();
    await picker.updateComplete;
    states.shown = picker.shadowRoot.querySelector('[data-invalid]') !== null;
    picker.value = look;
    states.atOnce = picker.checkValidity() && new FormData(form).get('avatar') === look;
    await until(() => picker.selection?.voiceName);
    picker.clear();
    states.cleared = picker.checkValidity();
    picker.reportValidity();
    await picker.updateComplete;
    states.reported = picker.shadowRoot.querySelector('[data-invalid]') !== null;
    await picker.select(look);
    form.reset();
    states.reset = picker.value;
    const fieldset = document.createElement('fieldset');
    fieldset.disabled = true;
    form.append(fieldset);
    fieldset.append(picker);
    await picker.updateComplete;
    states.disabled = picker.shadowRoot.querySelector('.root').inert && !new FormData(form).has('avatar');
    return JSON.stringify(states);
  }, LOOK);
  const expected = { empty: false, shown: false, atOnce: true, cleared: false, reported: true, reset: '', disabled: true };
  assert(`in a form, its validity follows its value at once: ${result}`, result === JSON.stringify(expected));

  const initial = await page.evaluate(async (look) => {
    document.querySelector('form').replaceChildren();
    const picker = mount({ value: look });
    await until(() => picker.selection);
    await picker.select('monica_sofa');
    picker.setAttribute('value', 'monica_street');
    const dirty = picker.value;
    picker.form.reset();
    return [dirty, picker.value].join();
  }, LOOK);
  assert(`the attribute value is the initial value, and that of reset: ${initial}`, initial === 'monica_sofa,monica_street');

  const voices = await page.evaluate(async (look) => {
    document.querySelector('form').replaceChildren();
    const picker = mount({ value: look });
    const { voiceId } = await until(() => picker.selection?.voiceName && picker.selection);
    const response = await fetch('/graphql?query={voices(first:9){nodes{voiceId}}}');
    const other = (await response.json()).data.voices.nodes.find((voice) => voice.voiceId !== voiceId).voiceId;
    picker.view = { ...picker.view, voiceId: other };
    await until(() => picker.selection.voiceId === other);
    picker.form.reset();
    return [picker.value === look, picker.selection.voiceId === voiceId, picker.view.voiceId].join();
  }, LOOK);
  assert(`reset returns to the default voice: ${voices}`, voices === 'true,true,');

  const wanted = await page.evaluate(async () => {
    const picker = document.querySelector('heygen-avatar-picker');
    picker.view = { ...picker.view, voiceId: 'no-such-voice' };
    const before = picker.view.voiceId;
    await until(() => picker.view.voiceId === null);
    picker.view = { ...picker.view, voiceId: 'no-such-voice-either' };
    await picker.select('monica_sofa');
    return [before, picker.view.voiceId, picker.selection.lookId].join();
  });
  assert(`a voice that does not exist is not kept: ${wanted}`, wanted === 'no-such-voice,,monica_sofa');

  const fixed = await page.evaluate(async () => {
    document.querySelector('form').replaceChildren();
    const picker = mount({ ownership: 'public', required: '' });
    await picker.updateComplete;
    picker.view = { ...picker.view };
    picker.reportValidity();
    picker.ownership = null;
    picker.required = false;
    await picker.updateComplete;
    return [picker.view.ownership, picker.shadowRoot.querySelector('[data-invalid]')].join();
  });
  assert('what the page has fixed ends with it', fixed === ',');
}

async function assertAttributes({ page }, assert) {
  const views = await page.evaluate(async () => {
    const picker = mount({ ownership: 'Public', orientation: 'landscape' });
    await until(() => picker.shadowRoot.querySelector('[part~="card"]'));
    picker.setAttribute('orientation', 'diagonal');
    await picker.updateComplete;
    return JSON.stringify([picker.view.ownership, picker.view.orientation, events.length]);
  });
  assert(`invalid attributes count as absent: ${views}`, views === '[null,null,0]');
  const codes = await page.evaluate(async () => {
    const seen = [];
    for (const endpoint of ['https://', null, undefined, '']) {
      events.length = 0;
      document.querySelector('form').replaceChildren();
      const picker = mount({}, { endpoint });
      seen.push(await until(() => events.find(([type]) => type === 'picker-error')?.[1].code ?? (picker.shadowRoot.querySelector('[part~="card"]') && 'loaded')));
    }
    return seen.join();
  });
  assert(`so does an absent endpoint; an invalid one is reported: ${codes}`, codes === 'NETWORK_ERROR,loaded,loaded,loaded');
  const long = await page.evaluate(async () => {
    const picker = document.querySelector('heygen-avatar-picker');
    picker.view = { groupId: 'é'.repeat(200_000), lookId: 'x'.repeat(200_000) };
    const { groupId, lookId } = picker.view;
    const { code } = await picker.select('é'.repeat(200_000)).catch((error) => error);
    return [groupId, lookId, code, picker.value].join();
  });
  assert(`ids that are too long are ignored, or rejected: ${long}`, /^,,(NOT_FOUND|BAD_USER_INPUT),$/.test(long));
}

async function assertMoves(gallery, assert, expectErrors) {
  const { page } = gallery;
  const moved = await page.evaluate(async (look) => {
    const picker = mount({ value: look });
    document.querySelector('#other').append(picker); // before its first update
    await until(() => picker.selection?.voiceName);
    const selected = picker.select('monica_sofa');
    document.querySelector('form').append(picker); // in flight
    const { lookName } = await selected;
    return lookName;
  }, LOOK);
  assert(`moving it cancels nothing: ${moved}`, moved === 'Monica, sofa');
  const voice = await page.evaluate(async () => {
    const picker = document.querySelector('heygen-avatar-picker');
    const { voiceId } = picker.selection;
    picker.view = { groupId: 'group_monica', lookId: 'monica_street', voiceId };
    await until(() => picker.selection?.lookId === 'monica_street');
    document.querySelector('#other').append(picker); // while the voice is in flight
    document.querySelector('form').append(picker);
    const { voiceName } = await until(() => picker.selection?.voiceName && picker.selection);
    return [voiceName, picker.view.voiceId === voiceId].join();
  });
  assert(`nor the voices: ${voice}`, /^Monica – .*,true$/.test(voice));
  const codes = await page.evaluate(async (look) => {
    const picker = document.querySelector('heygen-avatar-picker');
    const code = (promise) => promise.then(() => 'selected', (error) => error.code);
    const replaced = code(picker.select(look));
    const newer = code(picker.select('monica_sofa'));
    await newer;
    const renewed = code(picker.select(look));
    picker.token = 'ignored-by-the-sandbox';
    const results = [await replaced, await newer, await renewed];
    const removed = code(picker.select('monica_sofa'));
    picker.remove();
    return [...results, await removed].join();
  }, LOOK);
  assert(`only another selection and removal abort select(): ${codes}`, codes === 'ABORTED,selected,selected,ABORTED');

  const mark = gallery.operations.length;
  const restore = await gallery.fail(503, { code: 'OVERLOADED' });
  await page.evaluate(async (look) => {
    events.length = 0;
    mount({ value: look });
    await until(() => events.filter(([type]) => type === 'picker-error').length >= 2); // the list, and the look
  }, LOOK);
  await restore();
  const name = await page.evaluate(async () => {
    const picker = document.querySelector('heygen-avatar-picker');
    picker.reload();
    return (await until(() => picker.selection)).lookName;
  });
  assert(`reload() selects what has failed to load: ${name}`, name === 'Monica, office' && gallery.operations.length > mark);
  expectErrors('the console has the failed requests alone', /status of 503|^503: /);

  const closed = await page.evaluate(async (look) => {
    const picker = mount();
    picker.view = { groupId: 'group_monica', lookId: look };
    await picker.updateComplete;
    picker.shadowRoot.querySelector('.panel-header .round').click(); // before its looks are there
    return (await until(() => picker.selection)).lookId;
  }, LOOK);
  assert('closing the character does not cancel the choice', closed === LOOK);
}

// What the page has set and the server does not have, or cannot say, is in words.
async function assertUnresolved(gallery, assert, expectErrors) {
  const { page } = gallery;
  await page.evaluate(() => {
    mount({ value: 'no-such-look' });
    mount({ name: 'other', value: 'no/such\nlook' });
  });
  const alerts = page.locator('[data-unresolved]');
  await alerts.nth(1).waitFor();
  const texts = await alerts.allInnerTexts();
  assert(`a look that does not exist: ${texts[0]}`, texts.length === 2 && texts.every((text) => /no longer exists/.test(text)), texts.join());
  await page.evaluate(() => document.querySelector('form').replaceChildren());
  const restore = await gallery.fail(503, { code: 'UPSTREAM_UNAVAILABLE' });
  await page.evaluate((value) => mount({ value }), LOOK);
  await alerts.waitFor();
  await restore();
  await page.getByRole('button', { name: 'Retry' }).click();
  await page.waitForFunction(() => document.querySelector('heygen-avatar-picker').selection?.voiceName);
  assert('Retry selects the look, too', (await alerts.count()) === 0);
  const stop = await gallery.fail(502, { code: 'UPSTREAM_UNAUTHENTICATED' });
  const message = await page.evaluate(async () => {
    events.length = 0;
    mount({ name: 'own' }, { apiKey: 'sk_of_the_user' });
    const message = (await until(() => events.find(([type]) => type === 'picker-error')))[1].message;
    document.querySelector('[name=own]').remove();
    return message;
  });
  await stop();
  assert(`with the user's own key, that is the rejected one: ${message}`, /rejected your key/.test(message));
  expectErrors('with the failed requests in the console', /status of 50[23]|^50[23]: /);

  const chosen = page.locator('[data-chosen-look]');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  const text = (await chosen.innerText()).replace(/\s+/g, ' ');
  assert(`the choice is visible while no character is open: ${text}`, /^Chosen: Monica, office Show Remove$/.test(text));
  await chosen.getByRole('button', { name: 'Show' }).click();
  await page.locator('[data-look="monica_office"][data-chosen]').waitFor();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.evaluate(() => (events.length = 0));
  await chosen.getByRole('button', { name: 'Remove' }).click();
  const state = await page.evaluate(() => [document.querySelector('heygen-avatar-picker').value, ...events.map(([type]) => type)].join());
  assert(`and can be removed: ${state}`, state === ',change,picker-view-change' || state === ',picker-view-change,change', state);
}

// Escape closes what is open in the picker, and not the dialog around it.
async function assertDialog({ page }, assert) {
  await page.evaluate(async () => {
    const dialog = document.body.appendChild(document.createElement('dialog'));
    dialog.append(mount());
    dialog.showModal();
    await until(() => dialog.querySelector('heygen-avatar-picker').shadowRoot.querySelector('[part~="card"]'));
  });
  const isOpen = () => page.evaluate(() => document.querySelector('dialog').open);
  await page.getByRole('button', { name: 'Status' }).click();
  await page.keyboard.press('Escape');
  const menu = await isOpen();
  await page.getByRole('searchbox', { name: 'Search avatars' }).fill('monica');
  await page.keyboard.press('Escape');
  const search = await isOpen();
  await page.locator('[part~="card"]').first().click();
  await page.locator('[part~="look"]').first().waitFor();
  await page.keyboard.press('Escape');
  await page.locator('[part~="panel"]').waitFor({ state: 'detached' });
  const panel = await isOpen();
  await page.getByRole('searchbox', { name: 'Search avatars' }).focus();
  await page.keyboard.press('Escape');
  assert('Escape closes a menu, a search and a character, and only then the dialog around them', menu && search && panel && !(await isOpen()), `${[menu, search, panel]}`);
}

async function assertLabel({ page }, assert) {
  await page.evaluate(async () => {
    const picker = mount({ id: 'labelled' });
    await until(() => picker.shadowRoot.querySelector('[part~="card"]'));
  });
  const unlabelled = await accessibleName(page, '#labelled');
  assert(`without a label its name is “${unlabelled}”`, unlabelled === 'Avatar picker');
  await page.evaluate(() => {
    const label = Object.assign(document.createElement('label'), { htmlFor: 'labelled', textContent: 'Presenter' });
    document.querySelector('form').prepend(label);
    document.querySelector('#labelled').requestUpdate();
  });
  const labelled = await accessibleName(page, '#labelled');
  assert(`with one it is “${labelled}”`, labelled === 'Presenter');
  await page.getByText('Presenter').click();
  const focused = await page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.type);
  assert(`a click on its label moves the focus to the search: ${focused}`, focused === 'search');
}

async function assertLanguage({ page }, assert) {
  const labels = await page.evaluate(async () => {
    const picker = mount();
    const label = () => picker.shadowRoot.querySelector('[type=search]')?.getAttribute('aria-label');
    const found = [await until(label)];
    await until(() => /avatars/.test(picker.shadowRoot.querySelector('.total')?.textContent)); // nothing else changes it
    await picker.updateComplete;
    for (const [node, lang] of [[document.documentElement, 'de'], [picker, 'fr']]) {
      node.lang = lang;
      found.push(await until(() => label() !== found.at(-1) && label()));
    }
    document.documentElement.lang = 'en';
    return found.join();
  });
  assert(`it follows changes of lang: ${labels}`, /^Search avatars,Avatare [^,]*,Rechercher/.test(labels), labels);
}

// accessibleName returns the name as the browser computes it, which knows the defaults of an element.
async function accessibleName(page, selector) {
  const session = await page.context().newCDPSession(page);
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { nodes } = await session.send('Accessibility.getPartialAXTree', { nodeId, fetchRelatives: false });
  return nodes[0].name?.value;
}
