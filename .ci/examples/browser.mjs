import { chromium } from 'playwright-core';

// launch starts a Chromium that calls nobody on its own account.
export function launch() {
  const args = ['--disable-background-networking', '--disable-component-update', '--no-first-run', '--no-sandbox'];
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
}

// visit gives a page with a profile of its own, and lists what it asks for and what it complains about.
export async function visit(browser) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const requests = [];
  const complaints = [];
  page.on('request', (r) => requests.push(r));
  page.on('requestfailed', (r) => complaints.push(`${r.url()}: ${r.failure()?.errorText}`));
  page.on('response', (r) => r.status() >= 400 && complaints.push(`${r.url()}: ${r.status()}`));
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('console', (said) => /error|warning/.test(said.type()) && complaints.push(`console: ${said.text()}`));
  return { page, requests, complaints };
}
