// The page object of GraphiQL: the user's actions, so that specs depend less on GraphiQL's class names.

// The path suffix of each editor's Monaco model.
const MODELS = {
  query: 'operation.graphql',
  variables: 'variables.json',
  headers: 'request-headers.json',
  response: 'response.json',
};

export class GraphiQLPage {
  constructor(page, url) {
    this.page = page;
    this.url = url;
  }

  // open navigates to the page and returns its response.
  async open() {
    const response = await this.page.goto(this.url, { waitUntil: 'load' });
    await this.waitUntilReady();
    return response;
  }

  async reload() {
    await this.page.reload({ waitUntil: 'load' });
    await this.waitUntilReady();
  }

  // waitUntilReady waits for the schema, which documentation and completion need.
  async waitUntilReady() {
    await this.page.locator('.graphiql-response .monaco-editor').waitFor();
    await this.page.locator('.graphiql-query-editor .view-line').first().waitFor();
    await this.page.locator('[aria-label^="Re-fetch GraphQL schema"]:not([disabled])').waitFor();
    this.initialQuery = await this.content('query');
  }

  // content returns the content of an editor's model: the DOM contains only the visible lines.
  content(editor) {
    return this.page.evaluate(
      (suffix) => globalThis.__MONACO.editor.getModels().find((m) => m.uri.path.endsWith(suffix))?.getValue(),
      MODELS[editor],
    );
  }

  // selectedResponse returns the selected part of the response.
  selectedResponse() {
    return this.page.evaluate((suffix) => {
      const editor = globalThis.__MONACO.editor.getEditors().find((e) => e.getModel().uri.path.endsWith(suffix));
      return editor.getModel().getValueInRange(editor.getSelection());
    }, MODELS.response);
  }

  // waitUntilParsed waits until GraphiQL has parsed the query, which it does with a delay of 100 ms, and at the same
  // time as storing it. Before that it would send the previous operation name. It does not store an unedited initial
  // query.
  async waitUntilParsed() {
    await this.page.waitForFunction(
      ([suffix, initialQuery]) =>
        (localStorage.getItem('heygen-graphql:query') ?? initialQuery) ===
        globalThis.__MONACO.editor.getModels().find((m) => m.uri.path.endsWith(suffix)).getValue(),
      [MODELS.query, this.initialQuery],
    );
  }

  // execute runs the query by trigger, by default the button. It returns the request and the response's JSON.
  async execute(trigger = () => this.page.getByRole('button', { name: /^Execute query/ }).click()) {
    await this.waitUntilParsed();
    const response = this.page.waitForResponse((r) => r.request().method() === 'POST');
    await trigger();
    const request = (await response).request();
    await this.page.waitForFunction(
      (suffix) => globalThis.__MONACO.editor.getModels().find((m) => m.uri.path.endsWith(suffix)).getValue() !== '',
      MODELS.response,
    );
    return { request, json: await this.content('response') };
  }

  // response executes the query and returns the parsed response.
  async response() {
    return JSON.parse((await this.execute()).json);
  }

  // rewriteResponses applies rewrite to each response with avatarGroups, until the returned function is called.
  async rewriteResponses(rewrite) {
    const handler = async (route) => {
      const response = await route.fetch();
      const body = await response.json();
      await route.fulfill({ response, json: body.data?.avatarGroups ? await rewrite(body) : body });
    };
    await this.page.route('**/graphql', handler);
    return () => this.page.unroute('**/graphql', handler);
  }

  tabTitles() {
    return this.page.getByRole('tab').locator('.graphiql-tab-button').allInnerTexts();
  }

  // queryTitles returns the titles of the tabs whose operations are queries, which end with one response.
  async queryTitles() {
    return (await this.tabTitles()).filter((title) => title !== 'Training');
  }

  // waitForResponse waits until the response pane matches a pattern, and returns its JSON.
  async waitForResponse(pattern, timeout) {
    await this.page.waitForFunction(
      ([suffix, source]) =>
        new RegExp(source).test(globalThis.__MONACO.editor.getModels().find((m) => m.uri.path.endsWith(suffix)).getValue()),
      [MODELS.response, pattern.source],
      { timeout },
    );
    return this.content('response');
  }

  // waitUntilStopped waits until no operation is in progress.
  async waitUntilStopped() {
    await this.page.getByRole('button', { name: /^Execute query/ }).waitFor();
  }

  // stop stops a subscription, unless the server has completed it.
  async stop() {
    const button = this.page.getByRole('button', { name: /^Stop query/ });
    if (await button.count()) await button.click();
    await this.waitUntilStopped();
  }

  async selectTab(title) {
    await this.page.getByRole('tab').getByRole('button', { name: title, exact: true }).click();
    await this.waitUntilParsed();
  }

  // type replaces the content of an editor. It deletes a closing bracket that the editor may have inserted.
  async type(selector, content) {
    await this.page.locator(selector).locator('.view-lines').click();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(content);
    await this.page.keyboard.press('ControlOrMeta+Shift+End');
    await this.page.keyboard.press('Delete');
  }

  typeQuery(query) {
    return this.type('.graphiql-query-editor', query);
  }

  async typeHeaders(headers) {
    await this.openPane('headers');
    await this.type('section[aria-label="Headers"] .graphiql-editor:not(.hidden)', headers);
  }

  async typeVariables(variables) {
    await this.openPane('variables');
    await this.type('section[aria-label="Variables"] .graphiql-editor:not(.hidden)', variables);
  }

  // openPane opens the pane of the variables or the headers.
  openPane(name) {
    return this.page.locator(`.graphiql-editor-tools [data-name=${name}]`).click();
  }

  clickButton(name) {
    return this.page.getByRole('button', { name }).first().click();
  }

  async setPersistHeaders(enabled) {
    await this.page.locator('[data-value=settings]').click();
    await this.page.locator(enabled ? '#enable-persist-headers' : '#disable-persist-headers').click();
    await this.page.keyboard.press('Escape');
  }

  // storedData returns everything that the browser stores for the page. It waits first: GraphiQL writes with a delay of
  // half a second.
  async storedData() {
    await this.page.waitForTimeout(1000);
    return this.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  }
}
