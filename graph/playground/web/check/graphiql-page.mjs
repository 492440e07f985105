// What a visitor does on the page, in words that outlive GraphiQL's class names.

// The editors' models, by the end of their address.
const EDITORS = {
  query: 'operation.graphql',
  variables: 'variables.json',
  headers: 'request-headers.json',
  response: 'response.json',
};

export class GraphiQL {
  constructor(page, base) {
    this.page = page;
    this.base = base;
  }

  async load() {
    const answer = await this.page.goto(this.base, { waitUntil: 'load' });
    await this.ready();
    return answer;
  }

  async reload() {
    await this.page.reload({ waitUntil: 'load' });
    await this.ready();
  }

  // Ready is when the schema has come: before it neither docs nor completion know anything.
  async ready() {
    await this.page.locator('.graphiql-response .monaco-editor').waitFor();
    await this.page.locator('.graphiql-query-editor .view-line').first().waitFor();
    await this.page.locator('[aria-label^="Re-fetch GraphQL schema"]:not([disabled])').waitFor();
    this.opened = await this.text('query');
  }

  // text is what an editor holds. The document shows only the lines in view.
  text(editor) {
    return this.page.evaluate(
      (end) => globalThis.__MONACO.editor.getModels().find((m) => m.uri.path.endsWith(end))?.getValue(),
      EDITORS[editor],
    );
  }

  // selected is what is marked in the answer.
  selected() {
    return this.page.evaluate((end) => {
      const editor = globalThis.__MONACO.editor.getEditors().find((e) => e.getModel().uri.path.endsWith(end));
      return editor.getModel().getValueInRange(editor.getSelection());
    }, EDITORS.response);
  }

  // settled is when GraphiQL has read the query: a tenth of a second late, together with writing it down. Until then it
  // would send the name of the operation before. What a new visitor's page opens with it does not write down.
  async settled() {
    await this.page.waitForFunction(
      ([end, opened]) =>
        (localStorage.getItem('heygen-graphql:query') ?? opened) ===
        globalThis.__MONACO.editor.getModels().find((m) => m.uri.path.endsWith(end)).getValue(),
      [EDITORS.query, this.opened],
    );
  }

  // run presses the button, or whatever start does, and gives the answer's text.
  async run(start = () => this.page.getByRole('button', { name: /^Execute query/ }).click()) {
    await this.settled();
    const answered = this.page.waitForResponse((r) => r.request().method() === 'POST');
    await start();
    const request = (await answered).request();
    await this.page.waitForFunction(
      (end) => globalThis.__MONACO.editor.getModels().find((m) => m.uri.path.endsWith(end)).getValue() !== '',
      EDITORS.response,
    );
    return { request, text: await this.text('response') };
  }

  // answer runs and gives what the answer holds.
  async answer() {
    return JSON.parse((await this.run()).text);
  }

  // answerWith has characters come as change makes them of the endpoint's answer; what it gives ends that.
  async answerWith(change) {
    const handler = async (route) => {
      const response = await route.fetch();
      const answer = await response.json();
      await route.fulfill({ response, json: answer.data?.avatarGroups ? await change(answer) : answer });
    };
    await this.page.route('**/graphql', handler);
    return () => this.page.unroute('**/graphql', handler);
  }

  tabs() {
    return this.page.getByRole('tab').locator('.graphiql-tab-button').allInnerTexts();
  }

  async turnTo(tab) {
    await this.page.getByRole('tab').getByRole('button', { name: tab, exact: true }).click();
    await this.settled();
  }

  // type replaces what an editor holds, and deletes the bracket that it may have added after the text.
  async type(area, text) {
    await this.page.locator(area).locator('.view-lines').click();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(text);
    await this.page.keyboard.press('ControlOrMeta+Shift+End');
    await this.page.keyboard.press('Delete');
  }

  typeQuery(text) {
    return this.type('.graphiql-query-editor', text);
  }

  async typeHeaders(text) {
    await this.tool('headers');
    await this.type('section[aria-label="Headers"] .graphiql-editor:not(.hidden)', text);
  }

  async typeVariables(text) {
    await this.tool('variables');
    await this.type('section[aria-label="Variables"] .graphiql-editor:not(.hidden)', text);
  }

  tool(name) {
    return this.page.locator(`.graphiql-editor-tools [data-name=${name}]`).click();
  }

  press(name) {
    return this.page.getByRole('button', { name }).first().click();
  }

  async persistHeaders(choice) {
    await this.page.locator('[data-value=settings]').click();
    await this.page.locator(choice ? '#enable-persist-headers' : '#disable-persist-headers').click();
    await this.page.keyboard.press('Escape');
  }

  // stored is all that the browser keeps for the page. GraphiQL writes half a second late, hence the wait.
  async stored() {
    await this.page.waitForTimeout(1000);
    return this.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  }
}
