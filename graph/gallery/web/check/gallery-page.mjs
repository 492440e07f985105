// The page object of the gallery: the user's actions, and the GraphQL requests that they cause.
import { readFileSync } from 'node:fs';

const DOCUMENTS = JSON.parse(readFileSync(new URL('../../dist/documents.json', import.meta.url), 'utf8'));

export class GalleryPage {
  constructor(page, url) {
    this.page = page;
    this.url = url;
    this.operations = []; // GraphQL operations of the page, in the order of their requests
    page.on('request', (request) => {
      const operation = operationOf(request);
      if (operation) this.operations.push(operation);
    });
    this.picker = page.locator('heygen-avatar-picker');
    this.searchField = page.getByRole('searchbox', { name: 'Search avatars' });
    this.cards = this.picker.locator('[part~="card"]');
    this.scroller = this.picker.locator('[part~="grid"]');
    this.total = this.picker.locator('.total');
    this.panel = this.picker.locator('[part~="panel"]');
    this.looks = this.panel.locator('[part~="look"]');
    this.error = this.picker.locator('[part~="error"]');
  }

  // open navigates to the gallery and waits for the list with its counts. It returns the response.
  async open(query = '') {
    const response = await this.goto(query);
    await this.settled();
    return response;
  }

  goto(query = '') {
    return this.page.goto(`${this.url}/gallery${query}`);
  }

  // settled waits until the list is loaded and counted.
  async settled() {
    await this.picker.locator('[role="list"][aria-busy="false"], .scroller > [part="empty"]').waitFor();
    await this.total.filter({ hasText: /\d/ }).waitFor({ state: 'attached' });
  }

  // queries returns the queries since the operation with index from. Subscriptions are not among them.
  queries(from = 0) {
    return this.operations.slice(from).filter(({ name }) => !name.endsWith('Changed'));
  }

  // during runs act and returns the queries that are sent until the list is settled.
  async during(act) {
    const from = this.operations.length;
    await act();
    await this.page.waitForTimeout(350); // longer than the pause after which the picker searches
    await this.settled();
    return this.queries(from);
  }

  // names returns the names of the characters in the document.
  async names() {
    return (await this.cards.locator('[part="card-name"]').allTextContents()).map((name) => name.trim());
  }

  // waitForName waits until the first character is the one with this name.
  waitForName(name) {
    return this.cards.first().filter({ hasText: name }).waitFor();
  }

  // openMonica opens the character whose looks the specs know. Others have the same name.
  async openMonica() {
    await this.cards.and(this.page.locator('[data-group="group_monica"]')).click();
    await this.look('monica_office').waitFor();
    // content-visibility: what has just come into view has its content in the next frame.
    await this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  }

  look(lookId) {
    return this.panel.locator(`[data-look="${lookId}"]`);
  }

  // choose opens Monica, and chooses her look in the office.
  async chooseOffice() {
    await this.openMonica();
    await this.look('monica_office').click();
    await this.page.locator('.next-steps h3').waitFor();
  }

  // hold delays the requests that match, until the returned function is called.
  async hold(matches = () => true) {
    let release;
    const released = new Promise((resolve) => (release = resolve));
    await this.page.route('**/graphql', async (route) => {
      if (matches(operationOf(route.request()))) await released;
      await route.continue();
    });
    return release;
  }

  // fail lets requests fail with an error of GraphQL, until the returned function is called.
  async fail(status, extensions, headers = {}) {
    const body = JSON.stringify({ errors: [{ message: `The test's ${extensions.code}.`, extensions }] });
    const handler = (route) => route.fulfill({ status, headers, contentType: 'application/graphql-response+json', body });
    await this.page.route('**/graphql', handler);
    return () => this.page.unroute('**/graphql', handler);
  }

  // clipboard returns the text on the clipboard.
  clipboard() {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  allowClipboard() {
    return this.page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: this.url });
  }

  // focused returns the accessible name of the focused element, within the picker or the page.
  focused() {
    return this.page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return (element?.getAttribute('aria-label') ?? element?.textContent ?? '').replace(/\s+/g, ' ').trim();
    });
  }

  // storedData returns everything that the browser stores for the page, and its URL.
  storedData() {
    return this.page.evaluate(() =>
      JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }, document.cookie, history.state]),
    );
  }
}

// operationOf returns the name and the variables of the GraphQL operation that a request executes. Null: none.
export function operationOf(request) {
  if (request.method() !== 'POST' || new URL(request.url()).pathname !== '/graphql') return null;
  const { documentId, query, variables } = request.postDataJSON();
  const [, name] = /(?:query|subscription) (\w+)/.exec(query ?? DOCUMENTS[documentId]);
  return { name, variables, hasSource: query !== undefined, request };
}

// graphql executes a query without the browser, and returns its data.
export async function graphql(url, query, variables = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

// rewriteResponses replaces the text of GraphQL responses, until the returned function is called. Subscriptions, whose events
// would have the original text, end at once.
export async function rewriteResponses(page, rewrite) {
  const handler = async (route) => {
    if (route.request().headers().accept === 'text/event-stream') {
      return route.fulfill({ contentType: 'text/event-stream', body: 'event: complete\ndata:\n\n' });
    }
    const response = await route.fetch();
    return route.fulfill({ response, body: rewrite(await response.text()) });
  };
  await page.route('**/graphql', handler);
  return () => page.unroute('**/graphql', handler);
}
