import { assertBarText } from './page-load.mjs';

// If callers bring their own API key, the headers pane is open, and a key is copied from tab to tab.
export async function credentials(serverURL, { openPage, assert, screenshot }) {
  const graphiql = await openPage(serverURL);
  const { page } = graphiql;
  await graphiql.open();
  await assertBarText(page, assert, /^Live: HeyGen\. .* Enter \{"X-Api-Key": "…"\} in Headers, below the query/);
  await page.locator('section[aria-label="Headers"] .graphiql-editor:not(.hidden) .view-line').first().waitFor();
  assert('the headers pane is open', true);
  await screenshot(page, 'passthrough');
  const [error] = (await graphiql.response()).errors;
  assert(`without a key the error is: ${error.message}`, error.extensions.code === 'UNAUTHENTICATED');

  await graphiql.typeHeaders('{"X-Api-Key": "sk_mine"}');
  await graphiql.storedData(); // waits: a tab that is left earlier would lose its headers
  for (const title of await graphiql.queryTitles()) {
    await graphiql.selectTab(title);
    const { request, json } = await graphiql.execute();
    const key = request.headers()['x-api-key'];
    assert(`${title} sends the key`, key === 'sk_mine' && !JSON.parse(json).errors, json);
  }
  const { cost } = JSON.parse(await graphiql.content('response')).extensions;
  assert('and the tab’s own header', cost.requested > 0);
  await assertSubscriptionSendsKey(graphiql, assert);
  await assertTokenNotOverridden(graphiql, assert);
  await page.context().close();
  await assertTokenOutlivesTab(await openPage(serverURL), assert);
}

async function assertSubscriptionSendsKey(graphiql, assert) {
  await graphiql.selectTab('Training');
  const { request, json } = await graphiql.execute();
  const key = request.headers()['x-api-key'];
  assert('Training sends the key', key === 'sk_mine' && !JSON.parse(json).errors, json);
  await graphiql.stop();
}

// The server rejects two credentials in one request.
async function assertTokenNotOverridden(graphiql, assert) {
  await graphiql.selectTab('Characters');
  await graphiql.typeHeaders('{"Authorization": "Bearer mine"}');
  await graphiql.storedData();
  await graphiql.selectTab('NextPage');
  await graphiql.selectTab('Characters');
  const { request } = await graphiql.execute();
  const { authorization, 'x-api-key': key } = request.headers();
  assert('no key is added beside a token', authorization === 'Bearer mine' && key === undefined, key);
}

async function assertTokenOutlivesTab(graphiql, assert) {
  await graphiql.open();
  await graphiql.typeHeaders('{"Authorization": "Bearer mine"}');
  await graphiql.storedData();
  await graphiql.clickButton('Close Tab');
  await graphiql.waitUntilParsed();
  const { request } = await graphiql.execute();
  assert('a token is copied from a tab that is closed', request.headers().authorization === 'Bearer mine');
}
