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

// launch starts the browser. visit gives a page as somebody sees it who has never been there; requests and complaints
// are what all of them asked for, and complained about.
export async function launch() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: QUIET,
  });
  const requests = [];
  const complaints = [];

  async function visit() {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    context.on('request', (request) => requests.push(request));
    context.on('requestfailed', (r) => {
      const why = r.failure()?.errorText;
      // A page that is left cuts off what is under way, and a player what it has enough of.
      if (why !== 'net::ERR_ABORTED') complaints.push(`failed: ${r.url()} ${why}`);
    });
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
    return context.newPage();
  }
  return { browser, visit, requests, complaints };
}
