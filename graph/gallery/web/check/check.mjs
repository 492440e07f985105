// check tests the gallery and the picker of a running sandbox in a real browser:
//
//	node check/check.mjs http://127.0.0.1:8080 [folder for screenshots]
//
// It requires `npm ci` here and in graph/playground/web. It builds the server once and starts others, with other
// settings. It prints each assertion, and exits with 1 at the first that fails.
//
//	CHROMIUM        path of the browser, /usr/bin/chromium by default
//	MEMORY_SECONDS  how long the heap is observed while the list scrolls, 20 by default; 300 shows slow leaks
//	SPECS           names of the specs to run, separated by commas; all by default
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launch } from '../../../playground/web/check/browser.mjs';
import { withServers } from '../../../playground/web/check/server.mjs';
import { GalleryPage } from './gallery-page.mjs';
import { accessibility } from './specs/accessibility.mjs';
import { adaptation } from './specs/adaptation.mjs';
import { credentials } from './specs/credentials.mjs';
import { deepLinks } from './specs/deep-links.mjs';
import { element } from './specs/element.mjs';
import { elementRequests } from './specs/element-requests.mjs';
import { embedding } from './specs/embedding.mjs';
import { errors } from './specs/errors.mjs';
import { filters } from './specs/filters.mjs';
import { firstScreen } from './specs/first-screen.mjs';
import { keyboard } from './specs/keyboard.mjs';
import { language } from './specs/language.mjs';
import { list } from './specs/list.mjs';
import { liveMode } from './specs/live-mode.mjs';
import { lookSearch } from './specs/look-search.mjs';
import { looks } from './specs/looks.mjs';
import { nextSteps } from './specs/next-steps.mjs';
import { noExternalRequests } from './specs/no-external-requests.mjs';
import { previews } from './specs/previews.mjs';
import { scale } from './specs/scale.mjs';
import { search } from './specs/search.mjs';
import { task } from './specs/task.mjs';
import { training } from './specs/training.mjs';
import { voices } from './specs/voices.mjs';

const SPECS = {
  firstScreen,
  search,
  filters,
  list,
  previews,
  deepLinks,
  looks,
  lookSearch,
  voices,
  nextSteps,
  training,
  errors,
  credentials,
  keyboard,
  accessibility,
  adaptation,
  language,
  task,
  element,
  elementRequests,
  embedding,
  liveMode,
  scale,
  noExternalRequests, // last: it checks the requests of all others
};

const [url, screenshots] = process.argv.slice(2);
if (!url) {
  console.error('usage: node check/check.mjs <base URL> [folder for screenshots]');
  process.exit(2);
}
const names = process.env.SPECS?.split(',') ?? Object.keys(SPECS);

function assert(claim, condition, detail = '') {
  if (!condition) throw new Error(`${claim}${detail && `\n${detail}`}`);
  console.log(`ok    ${claim}`);
}

async function screenshot(page, name) {
  if (!screenshots) return;
  await mkdir(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

const { browser, newPage, requests, consoleErrors } = await launch();
const baseURL = new URL(url).origin;
let lastPage;

// openPage returns a new page for the server at serverURL.
async function openPage(serverURL = baseURL) {
  lastPage = await newPage();
  return new GalleryPage(lastPage, serverURL);
}

// expectErrors asserts that the browser has reported errors since the mark, a number of them, and only those that match
// pattern. It removes them: the last spec wants none.
function expectErrors(claim, mark, pattern) {
  const found = consoleErrors.splice(mark);
  assert(claim, found.length > 0 && found.every((error) => pattern.test(error)), found.join('\n'));
}

try {
  await withServers(async (start) => {
    const check = { browser, baseURL, start, openPage, requests, consoleErrors, expectErrors, assert, screenshot };
    for (const name of names) {
      const started = Date.now();
      await SPECS[name](check);
      console.log(`      ${name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
      for (const context of browser.contexts()) await context.close();
    }
  });
} catch (error) {
  console.error(`FAIL  ${error.message}`);
  if (consoleErrors.length > 0) console.error(consoleErrors.join('\n'));
  if (lastPage && !lastPage.isClosed()) await screenshot(lastPage, 'failed');
  process.exitCode = 1;
} finally {
  await browser.close();
}
