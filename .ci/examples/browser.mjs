import { chromium } from 'playwright-core';

// launch starts a Chromium without background networking.
export function launch() {
  const args = ['--disable-background-networking', '--disable-component-update', '--no-first-run', '--no-sandbox'];
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
}

// visit opens a page with a new profile. It returns the page, its requests, and its problems: errors and warnings.
export async function visit(browser) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const requests = [];
  const problems = [];
  page.on('request', (r) => requests.push(r));
  page.on('requestfailed', (r) => {
    const { errorText } = r.failure() ?? {};
    // A client cancels a subscription that it does not need any more.
    const isCanceled = errorText === 'net::ERR_ABORTED' && r.headers().accept === 'text/event-stream';
    if (!isCanceled) problems.push(`${r.url()}: ${errorText}`);
  });
  page.on('response', (r) => r.status() >= 400 && problems.push(`${r.url()}: ${r.status()}`));
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('console', (message) => /error|warning/.test(message.type()) && problems.push(`console: ${message.text()}`));
  return { page, requests, problems };
}
