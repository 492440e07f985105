const END = 30_000; // the longest training, and the poll after it

// A look in training becomes ready on the page, without a reload, and without requests that poll.
export async function training({ start, openPage, assert, screenshot }) {
  const gallery = await openPage(
    await start({ HEYGEN_SANDBOX: 'true', SANDBOX_TRAINING_DURATION: '20s', POLL_INTERVAL: '1s' }),
  );
  const { page } = gallery;
  await gallery.goto('?character=group_monica');
  const look = gallery.look('monica_street');
  await look.waitFor();
  const state = look.locator('.look-state');
  const before = await state.innerText();
  assert(`a look is in training: ${before}`, /^Training|^Waiting/.test(before));
  await look.click();
  const note = page.locator('.next-steps .notes', { hasText: 'This look is not ready' });
  await note.waitFor();
  assert('chosen, the page says that no video can be made with it yet', true);
  const [card, body] = [await look.boundingBox(), await gallery.panel.locator('.panel-body').boundingBox()];
  const visible = Math.min(card.y + card.height, body.y + body.height) - Math.max(card.y, body.y);
  assert(`the chosen look stays visible, ${Math.round(visible)} px`, visible > 100);
  await screenshot(page, 'training');
  await gallery.settled();
  const from = gallery.operations.length;
  await state.filter({ hasText: /^Ready$/ }).waitFor({ timeout: END });
  await note.waitFor({ state: 'detached' });
  const queries = gallery.queries(from);
  assert('it is ready, without a reload', (await gallery.picker.evaluate((picker) => picker.selection.ready)) === true);
  assert('and without a further query', queries.length === 0, queries.map(({ name }) => name).join());
  const streams = gallery.operations.filter(({ name }) => name === 'PickerLookChanged');
  const accepts = streams.every(({ request }) => request.headers().accept === 'text/event-stream');
  assert(`${streams.length} stream of changes told the page`, streams.length >= 1 && streams.length <= 2 && accepts);
  await assertChosen(start, openPage, assert);
}

// The end of training is known whatever is open, with at most three streams.
async function assertChosen(start, openPage, assert) {
  const gallery = await openPage(await start({ HEYGEN_SANDBOX: 'true', SANDBOX_TRAINING_DURATION: '8s', POLL_INTERVAL: '1s' }));
  const { page } = gallery;
  const open = new Set();
  page.on('request', (request) => request.headers().accept === 'text/event-stream' && open.add(request));
  for (const name of ['requestfinished', 'requestfailed']) page.on(name, (request) => open.delete(request));
  const streams = async () => {
    await page.waitForTimeout(300); // what is canceled has ended
    return open.size;
  };
  await gallery.open('?status=PROCESSING,PENDING_CONSENT');
  const counts = [await streams()];
  await page.evaluate(() => {
    document.addEventListener('avatar-select', ({ detail }) => (globalThis.isReady = detail.ready));
    return document.querySelector('heygen-avatar-picker').select('monica_street');
  });
  await gallery.look('monica_street').waitFor();
  counts.push(await streams());
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  counts.push(await streams());
  await page.waitForFunction(() => globalThis.isReady, undefined, { timeout: END });
  assert(`with its character closed, the chosen look becomes ready, too; streams: ${counts}`, counts.every((n) => n <= 3) && counts[1] === 1);
}
