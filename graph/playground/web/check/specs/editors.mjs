// GraphiQL's documentation, completion and formatting work.
export async function editors({ openPage, assert, screenshot }) {
  const graphiql = await openPage();
  await graphiql.open();
  await graphiql.execute();
  await assertDocumentation(graphiql, assert, screenshot);
  await assertCompletion(graphiql, assert, screenshot);
  await assertPrettify(graphiql, assert);
}

async function assertDocumentation(graphiql, assert, screenshot) {
  await graphiql.clickButton('Show Documentation Explorer');
  const docs = graphiql.page.locator('.graphiql-doc-explorer');
  await docs.getByText('Query', { exact: true }).first().click();
  await docs.getByText(/^avatarGroups?$/).first().waitFor();
  assert('the documentation lists the fields of Query', true);
  await screenshot(graphiql.page, 'docs');
  await graphiql.clickButton('Hide Documentation Explorer');
}

async function assertCompletion(graphiql, assert, screenshot) {
  const { page } = graphiql;
  await graphiql.clickButton('New tab');
  await graphiql.typeQuery('{ ');
  await page.keyboard.type('avatar');
  const suggestions = page.locator('.suggest-widget.visible');
  await suggestions.getByText(/avatarGroup/).first().waitFor();
  assert('completion suggests avatarGroup…', true);
  await screenshot(page, 'completion');
  await page.keyboard.press('Escape');
}

async function assertPrettify(graphiql, assert) {
  await graphiql.typeQuery('{__typename   # comment\n}');
  await graphiql.typeVariables('{"a":1}');
  await graphiql.clickButton('Prettify query');
  await graphiql.page.waitForFunction(() =>
    globalThis.__MONACO.editor.getModels().some((m) => m.getValue().startsWith('{\n  __typename # comment\n}')),
  );
  assert('prettify formats the query and the variables', (await graphiql.content('variables')) === '{\n  "a": 1\n}');
}
