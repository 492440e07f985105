// check opens built examples in a real browser and says what it found:
//
//	node check.mjs http://127.0.0.1:8080/graphql ../../examples/relay …
//
// Each was built for that endpoint (VITE_GRAPHQL_URL). Its server runs with CORS_ORIGINS=*, as a build is served here
// on any port that is free. It exits with 1 if a claim does not hold. CHROMIUM names a browser other than
// /usr/bin/chromium.
import { basename, join } from 'node:path';
import { launch, visit } from './browser.mjs';
import { Characters } from './page-object.mjs';
import { serve } from './serve.mjs';
import { truth } from './expected.mjs';

const PAGE = 50;
const LOOPBACK = /^(http:\/\/127\.0\.0\.1:\d+\/|data:|blob:)/;

const [endpoint, ...folders] = process.argv.slice(2);
if (folders.length === 0) {
  console.error('usage: node check.mjs <endpoint URL> <folder of a built example>…');
  process.exit(2);
}

const isOperation = (request) => request.method() === 'POST' && request.url() === endpoint;

function claim(what, holds, detail = '') {
  if (!holds) throw new Error(`${what}${detail && `\n${detail}`}`);
  console.log(`ok    ${what}`);
}

// once presses a button while the endpoint is slow to answer, and sees that it cannot be pressed again until it has.
async function once(characters, button, name) {
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  await characters.page.route(endpoint, (route) => held.then(() => route.continue()), { times: 1 });
  const answered = characters.page.waitForResponse((r) => isOperation(r.request()));
  answered.catch(() => {}); // what fails before it is awaited is told instead
  await button.click();
  const pressed = await button.elementHandle();
  await characters.page.waitForFunction((element) => element.disabled, pressed);
  letGo();
  await answered;
  await characters.page.waitForFunction((element) => !element.disabled, pressed);
  claim(`“${name}” waits for its answer`, true);
}

async function pages(characters, { names }, sent) {
  for (let shown = PAGE; shown < names.length; shown += PAGE) {
    await characters.shows(shown, names.length);
    if (shown === PAGE) await once(characters, characters.more, 'More');
    else await characters.more.click();
  }
  const said = await characters.shows(names.length, names.length);
  claim(`the list says “${said}”`, true);
  const texts = await characters.items.allInnerTexts();
  const wrong = names.findIndex((name, i) => !texts[i]?.includes(name));
  const same = texts.length === names.length && wrong < 0;
  const detail = `at ${wrong}: ${texts[wrong]}, not ${names[wrong]}`;
  claim(`${texts.length} characters stand in HeyGen's order`, same, detail);
  claim('nothing more can be asked for', (await characters.more.count()) === 0);
  const most = Math.ceil(names.length / PAGE);
  claim(`${sent().length} requests for ${most} pages`, sent().length === most);
}

async function portraits({ items, page }) {
  await items.first().scrollIntoViewIfNeeded();
  const first = await items.first().locator('img').elementHandle();
  await page.waitForFunction((img) => img.complete && img.naturalWidth > 0, first);
  claim('the first portrait shows', (await first.getAttribute('alt')) === '');
}

async function chooses(characters, { character }) {
  await characters.choose(character.name);
  const { section } = characters;
  const heading = await section.getByRole('heading', { level: 2 }).innerText();
  claim(`“${character.name}” is chosen`, heading === character.name, heading);
  const text = await section.innerText();
  const looks = character.looks.nodes.map((look) => look.name);
  const told = [character.status, character.defaultVoice.name, ...looks];
  for (const word of told) claim(`it says “${word}”`, text.includes(word), text);
  claim('it says which looks are ready', text.match(/\b(NOT_READY|READY|UNKNOWN)\b/g)?.length === looks.length, text);
}

async function refreshes(characters, { character }, sent) {
  const before = sent().length;
  await once(characters, characters.refresh, 'Refresh');
  const asked = sent().slice(before).map((request) => request.postDataJSON());
  claim('a refresh is one request', asked.length === 1, `${asked.length}`);
  const ids = Object.values(asked[0].variables ?? {});
  claim('of that character', ids.includes(character.id) || ids.includes(character.groupId), JSON.stringify(asked[0]));
}

// tells opens the page where the endpoint cannot be reached: its complaints are then the browser's, and expected.
async function tells(browser, url) {
  const { page } = await visit(browser);
  await page.route(endpoint, (route) => route.abort());
  await page.goto(url);
  const characters = new Characters(page);
  await characters.alert.first().waitFor();
  const text = await characters.alert.first().innerText();
  const headed = await page.getByRole('heading', { level: 1 }).isVisible();
  claim(`without the server it says “${text}”, under its heading`, text !== '' && headed);
  await page.close();
}

async function check(browser, url, expected) {
  const { page, requests, complaints } = await visit(browser);
  const sent = () => requests.filter(isOperation);
  try {
    await page.goto(url);
    const characters = new Characters(page);
    claim('its heading is “Characters”', (await page.getByRole('heading', { level: 1 }).innerText()) === 'Characters');
    await pages(characters, expected, sent);
    await portraits(characters);
    await chooses(characters, expected);
    await refreshes(characters, expected, sent);
    const away = requests.map((r) => r.url()).filter((u) => !LOOPBACK.test(u));
    claim(`all ${requests.length} requests stayed on this machine`, away.length === 0, away.join('\n'));
    claim('no error, no warning', complaints.length === 0);
    await tells(browser, url);
  } catch (error) {
    throw new Error([error.message, ...complaints].join('\n'));
  } finally {
    await page.close();
  }
}

const browser = await launch();
try {
  const expected = await truth(endpoint);
  for (const folder of folders) {
    console.log(`== ${basename(folder)}`);
    const { url, close } = await serve(join(folder, 'dist'));
    await check(browser, url, expected).finally(close);
  }
} catch (error) {
  console.error(`FAIL  ${error.message}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
