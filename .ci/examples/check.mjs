// check tests built examples in a browser and prints each assertion:
//
//	node check.mjs http://127.0.0.1:8080/graphql ../../examples/relay …
//
// Each must be built for that endpoint (VITE_GRAPHQL_URL). The server must run with CORS_ORIGINS=*, as the builds are
// served here on free ports. The exit code is 1 if an assertion fails. CHROMIUM is the path of the browser, by default
// /usr/bin/chromium.
import { basename, join } from 'node:path';
import { check, LOOPBACK } from './assert.mjs';
import { launch, visit } from './browser.mjs';
import { fetchExpected } from './expected.mjs';
import { Characters } from './page-object.mjs';
import { serve } from './serve.mjs';

const PAGE = 50;

const [endpoint, ...folders] = process.argv.slice(2);
if (folders.length === 0) {
  console.error('usage: node check.mjs <endpoint URL> <folder of a built example>…');
  process.exit(2);
}

const isOperation = (request) => request.method() === 'POST' && request.url() === endpoint;

// checkDisabledWhilePending clicks a button while the response is held back, and checks that it is disabled until then.
async function checkDisabledWhilePending(characters, button, name) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await characters.page.route(endpoint, (route) => held.then(() => route.continue()), { times: 1 });
  const response = characters.page.waitForResponse((r) => isOperation(r.request()));
  response.catch(() => {}); // an earlier failure is reported instead
  await button.click();
  const clicked = await button.elementHandle();
  await characters.page.waitForFunction((element) => element.disabled, clicked);
  release();
  await response;
  await characters.page.waitForFunction((element) => !element.disabled, clicked);
  check(`“${name}” is disabled until its response`, true);
}

// checkNames checks that the list has these names in this order.
async function checkNames(characters, names, order) {
  const texts = await characters.items.allInnerTexts();
  const mismatch = names.findIndex((name, i) => !texts[i]?.includes(name));
  const same = texts.length === names.length && mismatch < 0;
  check(`${texts.length} characters are in ${order}`, same, `at ${mismatch}: ${texts[mismatch]}, want ${names[mismatch]}`);
}

async function checkPages(characters, { names }, sent) {
  for (let shown = PAGE; shown < names.length; shown += PAGE) {
    await characters.waitForCount(shown, names.length);
    if (shown === PAGE) await checkDisabledWhilePending(characters, characters.more, 'More');
    else await characters.more.click();
  }
  const message = await characters.waitForCount(names.length, names.length);
  check(`the list reports “${message}”`, true);
  await checkNames(characters, names, "HeyGen's order");
  check('no further page is offered', (await characters.more.count()) === 0);
  const pages = Math.ceil(names.length / PAGE);
  check(`${sent().length} requests for ${pages} pages`, sent().length === pages);
}

// checkSearch types a search, loads its next page, changes it until nothing matches, and clears it.
async function checkSearch(characters, { names, search }, sent) {
  const total = search.names.length;
  const before = sent().length;
  const list = await characters.items.count();
  await characters.search.pressSequentially(search.text);
  await characters.waitForStatus(`${PAGE} of ${total} characters`);
  await checkNames(characters, search.names.slice(0, PAGE), `the order of the search “${search.text}”`);
  await characters.more.click();
  await characters.waitForStatus(`${total} of ${total} characters`);
  await checkNames(characters, search.names, `the order of the search “${search.text}”`);
  check('no further page of the search is offered', (await characters.more.count()) === 0);
  await characters.search.fill(`${search.text}zzzz`);
  const message = await characters.waitForStatus('No characters match.');
  check(`without a match the list reports “${message}”`, (await characters.items.count()) === 0);
  const requests = sent().length - before;
  check('a search, its next page and another search are three requests', requests === 3, `${requests}`);
  await characters.search.clear();
  await characters.waitForCount(list, names.length);
  await checkNames(characters, names.slice(0, list), "HeyGen's order again after the search is cleared");
  check('the cleared list is cached', sent().length === before + 3);
}

async function checkPortraits({ items, page }) {
  await items.first().scrollIntoViewIfNeeded();
  const first = await items.first().locator('img').elementHandle();
  await page.waitForFunction((img) => img.complete && img.naturalWidth > 0, first);
  check('the first portrait is loaded', (await first.getAttribute('alt')) === '');
}

async function checkSelection(characters, { character }) {
  await characters.select(character.name);
  const { section } = characters;
  const heading = await section.getByRole('heading', { level: 2 }).innerText();
  check(`“${character.name}” is selected`, heading === character.name, heading);
  const text = await section.innerText();
  const looks = character.looks.nodes.map((look) => look.name);
  const shown = [character.status, character.defaultVoice.name, ...looks];
  for (const word of shown) check(`the section shows “${word}”`, text.includes(word), text);
  check('the section shows which looks are ready', text.match(/\b(NOT_READY|READY|UNKNOWN)\b/g)?.length === looks.length, text);
}

async function checkRefresh(characters, { character }, sent) {
  const before = sent().length;
  await checkDisabledWhilePending(characters, characters.refresh, 'Refresh');
  const refreshed = sent().slice(before).map((request) => request.postDataJSON());
  check('a refresh is one request', refreshed.length === 1, `${refreshed.length}`);
  const ids = Object.values(refreshed[0].variables ?? {});
  check('the refresh requests that character', ids.includes(character.id) || ids.includes(character.groupId), JSON.stringify(refreshed[0]));
}

// checkUnreachable opens the page while the endpoint is unreachable. It ignores the problems, which are expected.
async function checkUnreachable(browser, url) {
  const { page } = await visit(browser);
  await page.route(endpoint, (route) => route.abort());
  await page.goto(url);
  const characters = new Characters(page);
  await characters.alert.first().waitFor();
  const text = await characters.alert.first().innerText();
  const hasHeading = await page.getByRole('heading', { level: 1 }).isVisible();
  check(`without the server the page shows “${text}” and its heading`, text !== '' && hasHeading);
  await page.close();
}

async function checkExample(browser, url, expected) {
  const { page, requests, problems } = await visit(browser);
  const sent = () => requests.filter(isOperation);
  try {
    await page.goto(url);
    const characters = new Characters(page);
    check('the heading is “Characters”', (await page.getByRole('heading', { level: 1 }).innerText()) === 'Characters');
    await checkPages(characters, expected, sent);
    await checkSearch(characters, expected, sent);
    await checkPortraits(characters);
    await checkSelection(characters, expected);
    await checkRefresh(characters, expected, sent);
    const external = requests.map((r) => r.url()).filter((u) => !LOOPBACK.test(u));
    check(`all ${requests.length} requests are to loopback`, external.length === 0, external.join('\n'));
    check('no errors, no warnings', problems.length === 0);
    await checkUnreachable(browser, url);
  } catch (error) {
    throw new Error([error.message, ...problems].join('\n'));
  } finally {
    await page.close();
  }
}

const browser = await launch();
try {
  const expected = await fetchExpected(endpoint);
  for (const folder of folders) {
    console.log(`== ${basename(folder)}`);
    const { url, close } = await serve(join(folder, 'dist'));
    await checkExample(browser, url, expected).finally(close);
  }
} catch (error) {
  console.error(`FAIL  ${error.message}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
