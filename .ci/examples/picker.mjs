// picker tests the pages of the picker example in a browser and prints each assertion:
//
//	node picker.mjs http://127.0.0.1:8080 ../../examples/picker
//
// The example must be built. The server must run with CORS_ORIGINS=*, as the pages are served here on free ports. The exit
// code is 1 if an assertion fails. CHROMIUM is the path of the browser, by default /usr/bin/chromium.
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { check, LOOPBACK } from './assert.mjs';
import { launch, visit } from './browser.mjs';
import { query } from './expected.mjs';
import { serve } from './serve.mjs';

const DOCUMENTED_SERVER = 'http://127.0.0.1:8080';
const TOKEN = 'token-of-the-check';

// HTML submits the form to the page itself. The others show the id that a request would send.
async function submittedToPage(page) {
  await page.waitForURL(/avatar_id=/);
  return new URL(page.url()).searchParams.get('avatar_id');
}
async function submittedToScript(page) {
  const text = await page.getByText(/^Submitted: /).innerText();
  return text.replace('Submitted: ', '');
}
const PAGES = [
  { name: 'HTML', folder: 'html', path: '', submitted: submittedToPage },
  { name: 'React', folder: 'dist', path: 'react/', submitted: submittedToScript },
  { name: 'Vue', folder: 'dist', path: 'vue/', submitted: submittedToScript },
];

const [server, example] = process.argv.slice(2);
if (!example) {
  console.error('usage: node picker.mjs <server URL> <folder of the example>');
  process.exit(2);
}
const endpoint = new URL('/graphql', server).href;

// fetchExpected returns the first characters of the list, and the first look of the first one.
async function fetchExpected() {
  const { avatarGroups } = await query(
    endpoint,
    `{
      avatarGroups(first: 5) {
        nodes {
          name
          groupId
          looks(first: 1) { nodes { lookId name defaultVoice { voiceId } preferredOrientation supportedApiEngines } }
        }
      }
    }`,
  );
  const names = avatarGroups.nodes.map((group) => group.name);
  const [{ groupId, looks }] = avatarGroups.nodes;
  const [{ lookId, name, defaultVoice, preferredOrientation, supportedApiEngines: engines }] = looks.nodes;
  const orientation = preferredOrientation.toLowerCase();
  const selection = { lookId, groupId, voiceId: defaultVoice.voiceId, orientation, engines };
  return { names, lookName: name, selection };
}

// prepare stores a token, as a sign-in would, and records selections and violations of the Content-Security-Policy.
function prepare(token) {
  sessionStorage.setItem('token', token);
  globalThis.selections = [];
  globalThis.violations = [];
  addEventListener('avatar-select', ({ detail }) => globalThis.selections.push(detail));
  addEventListener('securitypolicyviolation', (event) => {
    globalThis.violations.push(`${event.violatedDirective}: ${event.blockedURI}`);
  });
}

async function checkList(page, { names }) {
  const cards = page.getByRole('list', { name: 'Avatars' }).getByRole('listitem');
  await cards.nth(names.length - 1).waitFor();
  const shown = await Promise.all(names.map((_, i) => cards.nth(i).locator('[part=card-name]').innerText()));
  check(`the picker shows ${names.length} characters in HeyGen's order`, isDeepStrictEqual(shown, names), shown.join());
  return cards;
}

// checkTheme compares what the picker draws with the custom properties and the part of the page's style sheet.
async function checkTheme(page) {
  const style = await page.locator('heygen-avatar-picker').evaluate((picker) => {
    const styleOf = (selector) => getComputedStyle(picker.shadowRoot.querySelector(selector));
    return { radius: styleOf('.root').borderRadius, spacing: styleOf('[part=card-name]').letterSpacing };
  });
  const themed = style.radius === '6px' && parseFloat(style.spacing) > 0;
  check('the page sets a custom property and the style of a part', themed, JSON.stringify(style));
}

// checkSelection selects the first look of the first character with the keyboard.
async function checkSelection(page, cards, { lookName, selection }) {
  await cards.first().getByRole('button').press('Enter');
  await page.getByRole('radio', { name: lookName, exact: true }).press('Space');
  const text = `${lookName}, ${selection.orientation}, ${selection.engines.join(' ')}`;
  await page.getByRole('status').filter({ hasText: text }).waitFor();
  check(`the page shows “${text}”`, true);
  const detail = await page.evaluate(() => globalThis.selections.at(-1));
  const named = Object.fromEntries(Object.keys(selection).map((key) => [key, detail[key]]));
  check(`avatar-select has ${Object.keys(selection).join(', ')}`, isDeepStrictEqual(named, selection), JSON.stringify(named));
}

async function checkToken(page, requests) {
  const operations = requests.filter((r) => r.method() === 'POST' && r.url() === endpoint);
  const authorized = operations.filter((r) => r.headers().authorization === `Bearer ${TOKEN}`);
  check(`all ${operations.length} operations have the token`, operations.length > 0 && authorized.length === operations.length);
  check('the token is in no markup', !(await page.content()).includes(TOKEN));
}

// checkUnreachable opens the page while the endpoint is unreachable. It ignores the problems, which are expected.
async function checkUnreachable(browser, url) {
  const { page } = await visit(browser);
  await page.route(endpoint, (route) => route.abort());
  await page.goto(url);
  const alert = page.locator('form > [role=alert]').filter({ hasText: 'NETWORK_ERROR' });
  await alert.waitFor();
  check(`without the server the page shows “${await alert.innerText()}”`, true);
  await page.close();
}

async function checkPage(browser, url, { submitted }, expected) {
  const { page, requests, problems } = await visit(browser);
  try {
    await page.addInitScript(prepare, TOKEN);
    await page.goto(url);
    const cards = await checkList(page, expected);
    await checkTheme(page);
    const submit = page.getByRole('button', { name: 'Submit' });
    await submit.click();
    await page.locator('heygen-avatar-picker:invalid').waitFor();
    check('the form is not submitted without a look', page.url() === url);
    await checkSelection(page, cards, expected);
    await checkToken(page, requests);
    problems.push(...(await page.evaluate(() => globalThis.violations)));
    const before = problems.length;
    await submit.click();
    const lookId = await submitted(page);
    check(`the form submits ${expected.selection.lookId}`, lookId === expected.selection.lookId, lookId);
    await checkList(page, expected);
    problems.push(...(await page.evaluate(() => globalThis.violations)));
    // The page that the form leaves aborts its requests in flight.
    const late = problems.splice(before).filter((problem) => !problem.endsWith('net::ERR_ABORTED'));
    problems.push(...late);
    const external = requests.map((r) => r.url()).filter((u) => !LOOPBACK.test(u));
    check(`all ${requests.length} requests are to loopback`, external.length === 0, external.join('\n'));
    check('no errors, no warnings, no violations', problems.length === 0);
    await checkUnreachable(browser, url);
  } catch (error) {
    throw new Error([error.message, ...problems].join('\n'));
  } finally {
    await page.close();
  }
}

const browser = await launch();
try {
  const expected = await fetchExpected();
  const toServer = (html) => html.replaceAll(DOCUMENTED_SERVER, new URL(server).origin);
  for (const entry of PAGES) {
    console.log(`== picker in ${entry.name}`);
    const { url, close } = await serve(join(example, entry.folder), toServer);
    await checkPage(browser, url + entry.path, entry, expected).finally(close);
  }
} catch (error) {
  console.error(`FAIL  ${error.message}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
