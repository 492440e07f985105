import { withServers } from '../server.mjs';
import { credentials } from './credentials.mjs';
import { hovers } from './tooltips.mjs';
import { barSays } from './page-load.mjs';

// What stands for the hosts of HeyGen's files, which have TLS. The sandbox answers, and nothing leaves the browser.
const FILES = 'https://files.example';

// Live pages say so, and run the same tabs. What they answer with comes from the sandbox of base, as if it were HeyGen.
export async function live(check) {
  const choices = await sandboxChoices(check);
  await withServers(async (start) => {
    const settings = { HEYGEN_BASE_URL: `${check.base}/sandbox` };
    await withOurKey(await start({ ...settings, HEYGEN_API_KEY: 'sk_any' }), choices, check);
    await credentials(await start({ ...settings, HEYGEN_AUTH: 'passthrough' }), check);
  });
}

// sandboxChoices is what a visit to the sandbox leaves in the browser: the same origin may be a live page tomorrow.
async function sandboxChoices({ visitor, claim }) {
  const graphiql = await visitor();
  const { page } = graphiql;
  await graphiql.load();
  await graphiql.run();
  await page.locator('.previews[open] li').first().waitFor();
  claim('pictures that open by themselves are no choice', !/previews/.test(await graphiql.stored()));
  const summary = page.locator('.previews summary');
  await summary.click();
  await page.locator('.previews:not([open])').waitFor();
  await summary.click();
  await page.locator('.previews[open] li').first().waitFor();
  const [choices] = JSON.parse(await graphiql.stored());
  claim('pictures that are opened are one', /previews/.test(Object.keys(choices)));
  const left = Object.entries(choices).filter(([key]) => /previews/.test(key));
  await page.context().close();
  return left;
}

async function withOurKey(url, choices, { base, visitor, requests, claim, shot }) {
  const graphiql = await visitor(url);
  const { page } = graphiql;
  await page.addInitScript((all) => all.forEach(([key, value]) => (localStorage[key] ??= value)), choices);
  await asHeyGen(page, base);
  await graphiql.load();
  await barSays(page, claim, new RegExp(`^Live: HeyGen\\. Responses come from ${new URL(base).host}\\.$`));
  for (const tab of await graphiql.tabs()) {
    await graphiql.turnTo(tab);
    const { data, errors } = await graphiql.answer();
    claim(`${tab} runs on a live page`, !errors && data.avatarGroups.nodes.length > 0, JSON.stringify(errors));
  }
  const asked = () => requests.filter((request) => request.url().startsWith(FILES));
  const summary = page.locator('.previews summary');
  const heading = await summary.innerText();
  const closed = page.locator('.previews:not([open])');
  claim(`before they are opened here, “${heading}” are not asked for`, (await closed.count()) === 1 && !asked().length);
  await hovers(graphiql, claim);
  await namesFewHosts(graphiql, claim);
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
  await page.locator('.previews').getByText('URL is not https').first().waitFor();
  claim('what is not sent by TLS is not asked for', (await images.count()) === 0);
}

// The heading leaves the answer its room, however many hosts there are, and however long their names.
async function namesFewHosts(graphiql, claim) {
  const { page } = graphiql;
  const label = 'h'.repeat(60);
  const restore = await graphiql.answerWith((answer) => {
    const [node] = answer.data.avatarGroups.nodes;
    const called = (_, i) => ({ ...node, previewImageUrl: `https://${label}.${label}.${label}.h${i}.example/1.svg` });
    answer.data.avatarGroups.nodes = Array.from({ length: 50 }, called);
    return answer;
  });
  await graphiql.turnTo('Characters');
  await graphiql.run();
  const summary = page.locator('.previews summary', { hasText: /^50 images, from .* and 47 more$/ });
  await summary.waitFor();
  const { height } = await summary.boundingBox();
  claim(`of 50 hosts three are named, ${height} px high`, height < 100);
  await restore();
  await graphiql.turnTo('OneCharacter');
  await graphiql.run();
  await page.locator('.previews summary', { hasText: 'voice' }).waitFor();
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
