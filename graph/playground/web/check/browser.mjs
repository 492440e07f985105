import { chromium } from 'playwright-core';

// Without these flags Chromium itself sends requests, and the recorded ones would not be the page's alone.
const FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  '--no-sandbox', // required to start as root in a container
];

// launch starts the browser. newPage returns a page with an empty storage, as on a first visit. requests and
// consoleErrors collect the requests, and the errors and warnings, of all pages.
export async function launch() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: FLAGS,
  });
  const requests = [];
  const consoleErrors = [];

  async function newPage() {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    context.on('request', (request) => requests.push(request));
    context.on('requestfailed', (request) => {
      const { errorText } = request.failure() ?? {};
      // Navigation aborts requests in flight, and a media player aborts a download when it has enough data.
      if (errorText !== 'net::ERR_ABORTED') consoleErrors.push(`failed: ${request.url()} ${errorText}`);
    });
    context.on('response', (r) => r.status() >= 400 && consoleErrors.push(`${r.status()}: ${r.url()}`));
    context.on('weberror', (event) => consoleErrors.push(`uncaught: ${event.error().message}`));
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) consoleErrors.push(`console: ${message.text()}`);
    });
    await context.exposeBinding('reportViolation', (_source, violation) => consoleErrors.push(violation));
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (e) =>
        globalThis.reportViolation(`policy: ${e.violatedDirective} ${e.blockedURI}`),
      );
    });
    return context.newPage();
  }
  return { browser, newPage, requests, consoleErrors };
}
