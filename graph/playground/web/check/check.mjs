// check drives the page of a running sandbox in a real browser and says what it found:
//
//	node check/check.mjs http://127.0.0.1:8080 [folder for screenshots]
//
// For the live pages it builds the server and starts others, whose HeyGen is that sandbox. It exits with 1 at the first
// claim that does not hold. CHROMIUM names another browser than /usr/bin/chromium.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { accessibility } from './specs/accessibility.mjs';
import { editors } from './specs/editors.mjs';
import { examples } from './specs/examples.mjs';
import { headers } from './specs/headers.mjs';
import { home } from './specs/no-external-requests.mjs';
import { keyboard } from './specs/keyboard.mjs';
import { live } from './specs/live-mode.mjs';
import { loads } from './specs/page-load.mjs';
import { pictures } from './specs/previews.mjs';
import { survives } from './specs/resilience.mjs';
import { telephone } from './specs/mobile.mjs';
import { launch } from './browser.mjs';
import { GraphiQL } from './graphiql-page.mjs';

const CLAIMS = [loads, examples, pictures, survives, keyboard, editors, headers, telephone, accessibility, live, home];

const [base, shots] = process.argv.slice(2);
if (!base) {
  console.error('usage: node check/check.mjs <base URL> [folder for screenshots]');
  process.exit(2);
}

function claim(what, holds, detail = '') {
  if (!holds) throw new Error(`${what}${detail && `\n${detail}`}`);
  console.log(`ok    ${what}`);
}

async function shot(page, name) {
  if (!shots) return;
  await mkdir(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`) });
}

const { browser, visit, requests, complaints } = await launch();
let seen;

// visitor opens a page of a server for somebody who has never been there.
async function visitor(url = base) {
  seen = await visit();
  return new GraphiQL(seen, url);
}

try {
  for (const holds of CLAIMS) {
    await holds({ base: new URL(base).origin, visitor, requests, complaints, claim, shot });
    await seen.context().close();
  }
} catch (error) {
  console.error(`FAIL  ${error.message}`);
  if (complaints.length > 0) console.error(complaints.join('\n'));
  await shot(seen, 'failed');
  process.exitCode = 1;
} finally {
  await browser.close();
}
