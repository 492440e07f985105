// check drives the page of a running server in a real browser and says what it found:
//
//	node check/check.mjs http://127.0.0.1:8080 [folder for screenshots]
//
// It exits with 1 at the first claim that does not hold. CHROMIUM names another browser than /usr/bin/chromium.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { open } from './browser.mjs';
import { GraphiQL } from './graphiql.mjs';

const [base, shots] = process.argv.slice(2);
if (!base) {
  console.error('usage: node check/check.mjs <base URL> [folder for screenshots]');
  process.exit(2);
}
const { origin } = new URL(base);
const SECRET = 'sk_secret';

const { browser, page, requests, complaints } = await open();
const graphiql = new GraphiQL(page, base);

function claim(what, holds, detail = '') {
  if (!holds) throw new Error(`${what}${detail && `\n${detail}`}`);
  console.log(`ok    ${what}`);
}

async function shot(name) {
  if (!shots) return;
  await mkdir(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`) });
}

async function loads() {
  const answer = await graphiql.load();
  claim(`the page loads (${answer.status()})`, answer.status() === 200);
  const bar = page.locator('[data-upstream]');
  claim(`the bar says “${(await bar.innerText()).replace(/\s+/g, ' ')}”`, await bar.isVisible());
  const ratio = await bar.evaluate(contrast);
  claim(`the bar's contrast is ${ratio.toFixed(1)}:1, 4.5 or more`, ratio >= 4.5);
}

async function runs() {
  const { text } = await graphiql.run();
  claim('the first tab’s query runs and its result is shown', /"(edges|avatarGroups?)"/.test(text), text);
  await shot('1280');
}

async function documents() {
  await graphiql.press('Show Documentation Explorer');
  const docs = page.locator('.graphiql-doc-explorer');
  await docs.getByText('Query', { exact: true }).first().click();
  await docs.getByText(/^avatarGroups?$/).first().waitFor();
  claim('the documentation lists the fields of Query', true);
  await shot('docs');
  await graphiql.press('Hide Documentation Explorer');
}

async function completes() {
  await graphiql.press('New tab');
  await graphiql.typeQuery('{ ');
  await page.keyboard.type('avatar');
  const list = page.locator('.suggest-widget.visible');
  await list.getByText(/avatarGroup/).first().waitFor();
  claim('completion offers avatarGroup…', true);
  await shot('completion');
  await page.keyboard.press('Escape');
}

async function prettifies() {
  await graphiql.typeQuery('{__typename   # kept\n}');
  await graphiql.typeVariables('{"a":1}');
  await graphiql.press('Prettify query');
  await page.waitForFunction(() =>
    globalThis.__MONACO.editor.getModels().some((m) => m.getValue().startsWith('{\n  __typename # kept\n}')),
  );
  claim('prettify lays out the query and the variables', (await graphiql.text('variables')) === '{\n  "a": 1\n}');
}

async function hovers() {
  const lines = page.locator('.graphiql-response .view-line');
  for (let i = 0, n = Math.min(await lines.count(), 12); i < n; i++) {
    await lines.nth(i).locator('span span').last().hover();
    await page.waitForTimeout(400);
  }
  claim('the pointer rested on the result’s lines', true);
}

async function keepsNoHeader() {
  const header = JSON.stringify({ 'X-Api-Key': SECRET });
  for (const tab of ['first', 'second']) {
    if (tab === 'second') await graphiql.press('New tab');
    await graphiql.typeQuery(`query ${tab} { __typename }`);
    await graphiql.typeHeaders(header);
    const { request } = await graphiql.run();
    claim(`the ${tab} tab’s header is sent`, request.headers()['x-api-key'] === SECRET);
  }
  const before = await graphiql.stored();
  claim('the history keeps the query', /queries.*query second/.test(before), before);
  claim('the storage holds no header', !before.includes(SECRET), before);
  await graphiql.reload();
  const after = await graphiql.stored();
  claim('nor after a reload', !after.includes(SECRET) && !(await graphiql.text('headers'))?.includes(SECRET), after);
}

async function keepsHeadersIfAsked() {
  await graphiql.typeHeaders(JSON.stringify({ 'X-Api-Key': SECRET }));
  await graphiql.persistHeaders(true);
  claim('“persist headers: on” keeps them', (await graphiql.stored()).includes(SECRET));
  await graphiql.reload();
  claim('they are back after a reload', (await graphiql.text('headers')).includes(SECRET));
  await graphiql.run();
  await graphiql.typeHeaders(JSON.stringify({ 'X-Api-Key': SECRET, late: true }));
  await graphiql.persistHeaders(false);
  const left = await graphiql.stored();
  claim('“off” forgets them, in the history and in a write under way too', !left.includes(SECRET), left);
}

async function fitsATelephone() {
  await page.setViewportSize({ width: 390, height: 844 });
  await graphiql.reload();
  const { width, bar, result } = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    bar: document.querySelector('[data-upstream]').getBoundingClientRect().width,
    result: document.querySelector('.graphiql-response').getBoundingClientRect().width,
  }));
  claim('at 390 px nothing sticks out', width === 390 && bar === 390, `${width} ${bar}`);
  claim(`at 390 px the result has ${Math.round(result)} px`, result > 250);
  await graphiql.run();
  await shot('390');
}

// A sample is a link in the result: opened, it is a page with a player.
async function plays() {
  const answer = await fetch(`${base}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: '{ avatarGroup(id: "group_monica") { defaultVoice { previewAudioUrl } } }' }),
  });
  const url = (await answer.json()).data.avatarGroup?.defaultVoice?.previewAudioUrl;
  await page.goto(url);
  const seconds = await page.evaluate(async () => {
    const player = document.querySelector('video, audio');
    for (let i = 0; i < 50 && !(player.duration > 0); i++) await new Promise((next) => setTimeout(next, 100));
    return player.duration;
  });
  claim(`the sample of a voice plays (${seconds} s)`, seconds > 0.5, url);
}

function staysHome() {
  const urls = requests.map((r) => r.url()).filter((url) => !url.startsWith('data:'));
  const times = {};
  for (const url of urls) times[url] = (times[url] ?? 0) + 1;
  for (const [url, n] of Object.entries(times)) console.log(`      ${n} × ${url}`);
  claim(`all ${urls.length} requests went to ${origin}`, urls.every((url) => new URL(url).origin === origin));
  claim('no error, no warning, no refused policy', complaints.length === 0, complaints.join('\n'));
}

// contrast is WCAG's, of an element's text on its own background. It runs in the page.
function contrast(element) {
  const luminance = (colour) => {
    const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = colour.match(/[\d.]+/g).map((v) => linear(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const { color, backgroundColor } = getComputedStyle(element);
  const [dark, light] = [luminance(color), luminance(backgroundColor)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

try {
  await loads();
  await runs();
  await hovers();
  await documents();
  await completes();
  await prettifies();
  await keepsNoHeader();
  await keepsHeadersIfAsked();
  await fitsATelephone();
  await plays();
  staysHome();
} catch (error) {
  console.error(`FAIL  ${error.message}`);
  if (complaints.length > 0) console.error(complaints.join('\n'));
  await shot('failed');
  process.exitCode = 1;
} finally {
  await browser.close();
}
