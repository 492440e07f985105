import { barSays } from './page-load.mjs';

// Where callers bring keys of their own, the pane for them is open, and a key goes along from tab to tab.
export async function credentials(url, { visitor, claim, shot }) {
  const graphiql = await visitor(url);
  const { page } = graphiql;
  await graphiql.load();
  await barSays(page, claim, /^Live: HeyGen\. .* Enter \{"X-Api-Key": "…"\} in Headers, below the query/);
  await page.locator('section[aria-label="Headers"] .graphiql-editor:not(.hidden) .view-line').first().waitFor();
  claim('the headers pane is open', true);
  await shot(page, 'passthrough');
  const [error] = (await graphiql.answer()).errors;
  claim(`without a key it says: ${error.message}`, error.extensions.code === 'UNAUTHENTICATED');

  await graphiql.typeHeaders('{"X-Api-Key": "sk_mine"}');
  await graphiql.stored(); // until when a tab that is left would leave them behind
  for (const tab of await graphiql.tabs()) {
    await graphiql.turnTo(tab);
    const { request, text } = await graphiql.run();
    const sent = request.headers()['x-api-key'];
    claim(`the key is sent with ${tab}`, sent === 'sk_mine' && !JSON.parse(text).errors, text);
  }
  const { cost } = JSON.parse(await graphiql.text('response')).extensions;
  claim('beside the tab’s own header', cost.requested > 0);
  await keepsTheirs(graphiql, claim);
  await page.context().close();
  await outlivesItsTab(await visitor(url), claim);
}

// Two credentials at once the server refuses.
async function keepsTheirs(graphiql, claim) {
  await graphiql.turnTo('Characters');
  await graphiql.typeHeaders('{"Authorization": "Bearer mine"}');
  await graphiql.stored();
  await graphiql.turnTo('NextPage');
  await graphiql.turnTo('Characters');
  const { request } = await graphiql.run();
  const { authorization, 'x-api-key': key } = request.headers();
  claim('no key is put beside a token', authorization === 'Bearer mine' && key === undefined, key);
}

async function outlivesItsTab(graphiql, claim) {
  await graphiql.load();
  await graphiql.typeHeaders('{"Authorization": "Bearer mine"}');
  await graphiql.stored();
  await graphiql.press('Close Tab');
  await graphiql.settled();
  const { request } = await graphiql.run();
  claim('a token goes along from a tab that is closed', request.headers().authorization === 'Bearer mine');
}
