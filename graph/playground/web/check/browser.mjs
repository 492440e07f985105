import { chromium } from 'playwright-core';

// Without these Chromium itself calls home, and the list of requests would not be the page's.
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  '--no-sandbox', // as root, in a container, it does not start otherwise
];

// open starts the browser and gives one page, with a record of what it asked for and what it complained about.
export async function open() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: QUIET,
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const requests = [];
  const complaints = [];

  context.on('request', (request) => requests.push(request));
  context.on('requestfailed', (r) => complaints.push(`failed: ${r.url()} ${r.failure()?.errorText}`));
  context.on('response', (r) => r.status() >= 400 && complaints.push(`${r.status()}: ${r.url()}`));
  context.on('weberror', (event) => complaints.push(`uncaught: ${event.error().message}`));
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  await context.exposeBinding('reportViolation', (_source, text) => complaints.push(text));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (e) =>
      globalThis.reportViolation(`policy: ${e.violatedDirective} ${e.blockedURI}`),
    );
  });

  return { browser, page: await context.newPage(), requests, complaints };
}
