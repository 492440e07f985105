import { createServer } from 'node:http';

// The picker on a page of another origin, with a strict Content-Security-Policy.
export async function embedding({ start, openPage, consoleErrors, expectErrors, assert, screenshot }) {
  const site = await serveSite();
  try {
    site.api = await start({ HEYGEN_SANDBOX: 'true', CORS_ORIGINS: site.origin });
    const gallery = await (await fetch(`${site.api}/gallery`)).text();
    const [, path, integrity] = /src="(\/picker-[^"]+)" integrity="([^"]+)"/.exec(gallery);
    site.html = pageOf(`${site.api}${path}`, integrity);
    const { page } = await openPage(site.origin);
    await page.goto(site.origin);
    await assertTwoPickers(page, assert, screenshot);
    await assertForm(page, assert);

    site.html = pageOf(`${site.api}${path}`, `sha384-${'A'.repeat(64)}`);
    const mark = consoleErrors.length;
    await page.goto(site.origin);
    await page.waitForTimeout(300);
    const defined = await page.evaluate(() => customElements.get('heygen-avatar-picker') !== undefined);
    assert('a script that does not match its integrity hash does not run', !defined);
    expectErrors('as the console says', mark, /integrity/i);
  } finally {
    site.close();
  }
}

// serveSite starts a server of another origin. Its pages may load from themselves and from api alone, with no inline
// script and no inline style.
async function serveSite() {
  const site = { api: '', html: '' };
  const server = createServer((_request, response) => {
    const { api, html } = site;
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader(
      'Content-Security-Policy',
      `default-src 'none'; script-src ${api}; connect-src ${api}; img-src ${api} data:; media-src ${api}; form-action 'self'`,
    );
    response.end(html);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  site.origin = `http://127.0.0.1:${server.address().port}`;
  site.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return site;
}

const pageOf = (script, integrity) => `<!doctype html>
<html lang="en">
  <title>Another page</title>
  <link rel="icon" href="data:,">
  <script type="module" src="${script}" integrity="${integrity}" crossorigin="anonymous"></script>
  <h1>Another page</h1>
  <form>
    <label>Title <input name="title" value="mine"></label>
    <heygen-avatar-picker id="first" name="avatar" required></heygen-avatar-picker>
    <heygen-avatar-picker id="second" name="other" ownership="private" lang="de"></heygen-avatar-picker>
    <button>Send</button>
  </form>
</html>`;

async function assertTwoPickers(page, assert, screenshot) {
  const [first, second] = [page.locator('#first'), page.locator('#second')];
  await first.locator('[part~="card"]').first().waitFor();
  await second.locator('[part~="card"]').first().waitFor();
  const label = await second.getByRole('searchbox').first().getAttribute('aria-label');
  const owners = await second.getByRole('button', { name: 'Privat' }).count();
  assert(`two pickers are on the page, the second in German, “${label}”, without the filter by owner`, label !== 'Search avatars' && owners === 0);
  await page.evaluate(() => {
    globalThis.events = [];
    for (const type of ['avatar-select', 'change', 'input']) {
      document.addEventListener(type, ({ target, detail }) => globalThis.events.push({ type, id: target.id, detail }));
    }
  });
  await first.locator('[part~="card"]').filter({ hasText: 'Monica' }).first().click();
  await first.locator('[data-look="monica_office"]').click();
  await page.waitForFunction(() => globalThis.events.some(({ detail }) => detail?.voiceName));
  const events = await page.evaluate(() => globalThis.events);
  const types = events.map(({ type, id }) => `${id} ${type}`);
  assert(`choosing a look dispatches ${types.join(', ')}`, `${types}` === 'first avatar-select,first input,first change', `${types}`);
  const { detail } = events[0];
  const expected = {
    lookId: 'monica_office', lookName: 'Monica, office', groupId: 'group_monica', groupName: 'Monica',
    voiceId: '5c3e9f1b7a2d4c60b8e1f7a94d20c6b3', voiceName: 'Monica – Calm', orientation: 'landscape',
    engines: ['avatar_iii', 'avatar_iv'], avatarType: detail.avatarType, ready: true, width: 1920, height: 1080,
  }; // prettier-ignore
  const equal = Object.entries(expected).every(([key, value]) => JSON.stringify(detail[key]) === JSON.stringify(value));
  assert(`with the selection: ${detail.lookName}, ${detail.avatarType}`, equal && Object.keys(detail).length === 12, JSON.stringify(detail));
  const others = await page.evaluate(() => [document.querySelector('#second').value, document.querySelector('#second').selection]);
  assert('the other picker has none', others[0] === '' && others[1] === null);
  await screenshot(page, 'embedded');
}

async function assertForm(page, assert) {
  await page.getByRole('button', { name: 'Send' }).click();
  await page.waitForURL(/title=/);
  const submitted = new URL(page.url()).search;
  assert(`the form submits the look: ${submitted}`, submitted === '?title=mine&avatar=monica_office', submitted);
  await page.locator('#first [part~="card"]').first().waitFor();
  await page.getByRole('button', { name: 'Send' }).click();
  const alert = page.locator('#first').getByRole('alert');
  await alert.waitFor();
  assert(`a required picker without a look prevents that: ${await alert.innerText()}`, new URL(page.url()).search === submitted);
  const value = await page.evaluate(async () => {
    const picker = document.querySelector('#first');
    const { lookName } = await picker.select('monica_sofa');
    return [picker.value, lookName, picker.checkValidity(), new FormData(picker.form).get('avatar')].join();
  });
  assert(`select() chooses by id: ${value}`, value === 'monica_sofa,Monica, sofa,true,monica_sofa');
  const error = await page.evaluate(() => document.querySelector('#first').select('no-such-look').catch(({ code, message }) => `${code}: ${message}`));
  assert(`an unknown one is rejected: ${error}`, /^NOT_FOUND: /.test(error));
}
