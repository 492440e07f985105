const TOKEN = 'a-token-of-the-test';
const WRONG = 'another-token-of-nobody';

// A server that requires a token: the page prompts for it, and has it in its memory alone.
export async function credentials({ start, openPage, requests, consoleErrors, expectErrors, assert, screenshot }) {
  const serverURL = await start({ HEYGEN_SANDBOX: 'true', CLIENT_TOKENS: TOKEN });
  const gallery = await openPage(serverURL);
  const { page } = gallery;
  const mark = consoleErrors.length;
  const dialog = page.getByRole('dialog', { name: 'Enter your token' });
  const enter = async (token) => {
    await dialog.getByLabel('Token').fill(token);
    await dialog.getByRole('button', { name: 'Use it' }).click();
  };
  await gallery.goto('?q=monica');
  await dialog.waitFor();
  assert('the page prompts for a token before its first request', gallery.operations.length === 0);
  await screenshot(page, 'token');
  await enter('with space');
  assert('a token that no header can contain is refused', await dialog.isVisible());
  await enter(WRONG);
  await dialog.getByText('The server rejected the token').waitFor();
  assert('a wrong one is rejected, in words', (await dialog.getByLabel('Token').inputValue()) === '');
  await enter(`Bearer ${TOKEN}`);
  await gallery.settled();
  const [name] = await gallery.names();
  assert(`the right one shows the avatars, also with “Bearer” before it: ${name}`, /Monica/.test(name));
  expectErrors('the console has the rejected requests alone', mark, /^401: |status of 401/);

  const stored = await gallery.storedData();
  const markup = (await page.content()) + (await gallery.picker.evaluate(({ shadowRoot }) => shadowRoot.innerHTML));
  const urls = requests.map((request) => request.url()).join();
  const leaked = [stored, markup, urls].filter((text) => text.includes(TOKEN) || text.includes(WRONG));
  assert('the token is in no storage, no URL, no markup', leaked.length === 0, leaked.join('\n'));
  await page.getByRole('button', { name: 'Change token' }).waitFor();
  await page.getByRole('button', { name: 'Forget token' }).click();
  await gallery.error.waitFor();
  const text = (await gallery.error.innerText()).replace(/\s+/g, ' ');
  assert(`forgotten, the requests fail: ${text}`, /Sign in again, or enter a valid token/.test(text));
  expectErrors('with nothing else in the console', mark, /^401: |status of 401/);
  await page.reload();
  await dialog.waitFor();
  assert('after a reload the page prompts again', true);
}
