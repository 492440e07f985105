import { withServers } from '../server.mjs';
import { barSays } from './loads.mjs';

// What stands for the hosts of HeyGen's files, which have TLS. The sandbox answers, and nothing leaves the browser.
const FILES = 'https://files.example';

// Live pages say so, and run the same tabs. What they answer with comes from the sandbox of base, as if it were HeyGen.
export async function live(check) {
  await withServers(async (start) => {
    const settings = { HEYGEN_BASE_URL: `${check.base}/sandbox` };
    await withOurKey(await start({ ...settings, HEYGEN_API_KEY: 'sk_any' }), check);
    await withTheirs(await start({ ...settings, HEYGEN_AUTH: 'passthrough' }), check);
  });
}

async function withOurKey(url, { base, visitor, requests, claim, shot }) {
  const graphiql = await visitor(url);
  const { page } = graphiql;
  await asHeyGen(page, base);
  await graphiql.load();
  await barSays(page, claim, new RegExp(`^Live: HeyGen\\. Queries are answered by ${new URL(base).host}\\.$`));
  for (const tab of await graphiql.tabs()) {
    await graphiql.turnTo(tab);
    const { data, errors } = await graphiql.answer();
    claim(`${tab} runs on a live page`, !errors && data.avatarGroups.nodes.length > 0, JSON.stringify(errors));
  }
  const asked = () => requests.filter((request) => request.url().startsWith(FILES));
  const summary = page.locator('.previews summary');
  claim(`before they are opened, “${await summary.innerText()}” are not asked for`, asked().length === 0);
  await shot(page, 'live');

  await summary.click();
  const images = page.locator('.previews li img');
  await images.first().waitFor();
  const widths = await images.evaluateAll((all) => Promise.all(all.map((i) => i.decode().then(() => i.naturalWidth))));
  claim(`opened, they are there, ${widths} px wide`, widths.length > 0 && widths.every((width) => width > 0));
  await page.locator('.previews audio').evaluate((player) => player.play());
  claim('a sample plays', asked().some((request) => request.url().endsWith('.wav')));
  const referrers = asked().filter((request) => request.headers().referer);
  claim(`none of the ${asked().length} requests says where it comes from`, referrers.length === 0);

  await page.unroute('**/graphql');
  await graphiql.run();
  await page.locator('.previews').getByText('not sent by https').first().waitFor();
  claim('what is not sent by TLS is not asked for', (await images.count()) === 0);
}

// Where callers bring keys of their own, the pane for them is open, and a key goes along from tab to tab.
async function withTheirs(url, { visitor, claim, shot }) {
  const graphiql = await visitor(url);
  const { page } = graphiql;
  await graphiql.load();
  await barSays(page, claim, /^Live: HeyGen\. .* Put \{"X-Api-Key": "…"\} into Headers, below the query/);
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
}

async function asHeyGen(page, base) {
  await page.route('**/graphql', async (route) => {
    const response = await route.fetch();
    const text = (await response.text()).replaceAll(`${base}/sandbox`, FILES);
    await route.fulfill({ status: response.status(), contentType: response.headers()['content-type'], body: text });
  });
  await page.route(`${FILES}/**`, async (route) => {
    const { pathname, search } = new URL(route.request().url());
    const response = await fetch(`${base}/sandbox${pathname}${search}`);
    const body = Buffer.from(await response.arrayBuffer());
    await route.fulfill({ status: response.status, contentType: response.headers.get('content-type'), body });
  });
}
