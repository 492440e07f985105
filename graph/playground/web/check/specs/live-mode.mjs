import { withServers } from '../server.mjs';
import { credentials } from './credentials.mjs';
import { assertBarText } from './page-load.mjs';
import { tooltips } from './tooltips.mjs';

// The stand-in for the hosts of HeyGen's files, with https. The sandbox serves it, and no request leaves the machine.
const FILES_ORIGIN = 'https://files.example';

// Live pages are labeled as such, and run the same examples. Their upstream is the sandbox of baseURL, as if it were
// HeyGen.
export async function liveMode(check) {
  const settings = await sandboxSettings(check);
  await withServers(async (start) => {
    const env = { HEYGEN_BASE_URL: `${check.baseURL}/sandbox` };
    await withServerKey(await start({ ...env, HEYGEN_API_KEY: 'sk_any' }), settings, check);
    await credentials(await start({ ...env, HEYGEN_AUTH: 'passthrough' }), check);
  });
}

// sandboxSettings returns the settings that a visit to the sandbox stores: the same origin may be a live page later.
async function sandboxSettings({ openPage, assert }) {
  const graphiql = await openPage();
  const { page } = graphiql;
  await graphiql.open();
  await graphiql.execute();
  await page.locator('.previews[open] li').first().waitFor();
  assert('previews that are open by default store no setting', !/previews/.test(await graphiql.storedData()));
  const summary = page.locator('.previews summary');
  await summary.click();
  await page.locator('.previews:not([open])').waitFor();
  await summary.click();
  await page.locator('.previews[open] li').first().waitFor();
  const [stored] = JSON.parse(await graphiql.storedData());
  assert('previews that the user opens store one', /previews/.test(Object.keys(stored)));
  const settings = Object.entries(stored).filter(([key]) => /previews/.test(key));
  await page.context().close();
  return settings;
}

async function withServerKey(serverURL, settings, { baseURL, openPage, requests, assert, screenshot }) {
  const graphiql = await openPage(serverURL);
  const { page } = graphiql;
  await page.addInitScript((entries) => entries.forEach(([key, value]) => (localStorage[key] ??= value)), settings);
  await serveFilesOverHTTPS(page, baseURL);
  await graphiql.open();
  await assertBarText(page, assert, new RegExp(`^Live: HeyGen\\. Responses come from ${new URL(baseURL).host}\\.$`));
  for (const title of await graphiql.queryTitles()) {
    await graphiql.selectTab(title);
    const { data, errors } = await graphiql.response();
    assert(`${title} runs on a live page`, !errors && data.avatarGroups.nodes.length > 0, JSON.stringify(errors));
  }
  const fileRequests = () => requests.filter((request) => request.url().startsWith(FILES_ORIGIN));
  const summary = page.locator('.previews summary');
  const heading = await summary.innerText();
  const closed = (await page.locator('.previews:not([open])').count()) === 1;
  assert(`until the user opens them, “${heading}” are not requested`, closed && !fileRequests().length);
  await tooltips(graphiql, assert);
  await assertHeadingIsBounded(graphiql, assert);
  await screenshot(page, 'live');

  await summary.click();
  const images = page.locator('.previews li img');
  await images.first().waitFor();
  const widths = await images.evaluateAll((all) => Promise.all(all.map((i) => i.decode().then(() => i.naturalWidth))));
  assert(`opened, they load, ${widths} px wide`, widths.length > 0 && widths.every((width) => width > 0));
  await page.locator('.previews audio').evaluate((player) => player.play());
  assert('a voice sample plays', fileRequests().some((request) => request.url().endsWith('.wav')));
  const withReferrer = fileRequests().filter((request) => request.headers().referer);
  assert(`none of the ${fileRequests().length} requests has a referrer`, withReferrer.length === 0);

  await page.unroute('**/graphql');
  await graphiql.execute();
  await page.locator('.previews').getByText('URL is not https').first().waitFor();
  assert('a URL that is not https is not requested', (await images.count()) === 0);
}

// The heading leaves room for the response, however many hosts there are, and however long their names.
async function assertHeadingIsBounded(graphiql, assert) {
  const { page } = graphiql;
  const label = 'h'.repeat(60);
  const restore = await graphiql.rewriteResponses((response) => {
    const [node] = response.data.avatarGroups.nodes;
    const onHost = (_, i) => ({ ...node, previewImageUrl: `https://${label}.${label}.${label}.h${i}.example/1.svg` });
    response.data.avatarGroups.nodes = Array.from({ length: 50 }, onHost);
    return response;
  });
  await graphiql.selectTab('Characters');
  await graphiql.execute();
  const summary = page.locator('.previews summary', { hasText: /^50 images, from .* and 47 more$/ });
  await summary.waitFor();
  const { height } = await summary.boundingBox();
  assert(`the heading names three of 50 hosts, ${height} px high`, height < 100);
  await restore();
  await graphiql.selectTab('OneCharacter');
  await graphiql.execute();
  await page.locator('.previews summary', { hasText: 'voice' }).waitFor();
}

// serveFilesOverHTTPS moves the sandbox's files to FILES_ORIGIN.
async function serveFilesOverHTTPS(page, baseURL) {
  await page.route('**/graphql', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replaceAll(`${baseURL}/sandbox`, FILES_ORIGIN);
    await route.fulfill({ status: response.status(), contentType: response.headers()['content-type'], body });
  });
  await page.route(`${FILES_ORIGIN}/**`, async (route) => {
    const { pathname, search } = new URL(route.request().url());
    const response = await fetch(`${baseURL}/sandbox${pathname}${search}`);
    const body = Buffer.from(await response.arrayBuffer());
    await route.fulfill({ status: response.status, contentType: response.headers.get('content-type'), body });
  });
}
