// check tests the page of a running sandbox in a real browser:
//
//	node check/check.mjs http://127.0.0.1:8080 [folder for screenshots]
//
// For live mode and trainings it builds the server and starts others. It prints each assertion,
// and exits with 1 at the first that fails. CHROMIUM is the path of the browser, /usr/bin/chromium by default.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launch } from './browser.mjs';
import { GraphiQLPage } from './graphiql-page.mjs';
import { accessibility } from './specs/accessibility.mjs';
import { editors } from './specs/editors.mjs';
import { examples } from './specs/examples.mjs';
import { headers } from './specs/headers.mjs';
import { keyboard } from './specs/keyboard.mjs';
import { liveMode } from './specs/live-mode.mjs';
import { mobile } from './specs/mobile.mjs';
import { noExternalRequests } from './specs/no-external-requests.mjs';
import { pageLoad } from './specs/page-load.mjs';
import { previews } from './specs/previews.mjs';
import { resilience } from './specs/resilience.mjs';
import { training } from './specs/training.mjs';

const SPECS = [
  pageLoad,
  examples,
  previews,
  resilience,
  keyboard,
  editors,
  headers,
  mobile,
  accessibility,
  liveMode,
  training,
  noExternalRequests, // last: it checks the requests of all others
];

const [url, screenshots] = process.argv.slice(2);
if (!url) {
  console.error('usage: node check/check.mjs <base URL> [folder for screenshots]');
  process.exit(2);
}

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
let lastPage;

// openPage returns a new page for the server at serverURL.
async function openPage(serverURL = url) {
  lastPage = await newPage();
  return new GraphiQLPage(lastPage, serverURL);
}

try {
  for (const spec of SPECS) {
    await spec({ baseURL: new URL(url).origin, openPage, requests, consoleErrors, assert, screenshot });
    await lastPage.context().close();
  }
} catch (error) {
  console.error(`FAIL  ${error.message}`);
  if (consoleErrors.length > 0) console.error(consoleErrors.join('\n'));
  await screenshot(lastPage, 'failed');
  process.exitCode = 1;
} finally {
  await browser.close();
}
