// What GraphiQL is for: documentation, completion, layout.
export async function editors({ visitor, claim, shot }) {
  const graphiql = await visitor();
  await graphiql.load();
  await graphiql.run();
  await documents(graphiql, claim, shot);
  await completes(graphiql, claim, shot);
  await prettifies(graphiql, claim);
}

async function documents(graphiql, claim, shot) {
  await graphiql.press('Show Documentation Explorer');
  const docs = graphiql.page.locator('.graphiql-doc-explorer');
  await docs.getByText('Query', { exact: true }).first().click();
  await docs.getByText(/^avatarGroups?$/).first().waitFor();
  claim('the documentation lists the fields of Query', true);
  await shot(graphiql.page, 'docs');
  await graphiql.press('Hide Documentation Explorer');
}

async function completes(graphiql, claim, shot) {
  const { page } = graphiql;
  await graphiql.press('New tab');
  await graphiql.typeQuery('{ ');
  await page.keyboard.type('avatar');
  const list = page.locator('.suggest-widget.visible');
  await list.getByText(/avatarGroup/).first().waitFor();
  claim('completion offers avatarGroup…', true);
  await shot(page, 'completion');
  await page.keyboard.press('Escape');
}

async function prettifies(graphiql, claim) {
  await graphiql.typeQuery('{__typename   # kept\n}');
  await graphiql.typeVariables('{"a":1}');
  await graphiql.press('Prettify query');
  await graphiql.page.waitForFunction(() =>
    globalThis.__MONACO.editor.getModels().some((m) => m.getValue().startsWith('{\n  __typename # kept\n}')),
  );
  claim('prettify lays out the query and the variables', (await graphiql.text('variables')) === '{\n  "a": 1\n}');
}
