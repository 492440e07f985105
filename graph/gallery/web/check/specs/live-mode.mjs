import { rewriteResponses } from '../gallery-page.mjs';

// The stand-in for the hosts of HeyGen's files, with https. The sandbox serves it, and no request leaves the machine.
const FILES_ORIGIN = 'https://files.example';

// On a live page no image, video or voice of another host is requested before the user consents. Its upstream is the
// sandbox of baseURL, as if it were HeyGen.
export async function liveMode({ baseURL, start, openPage, requests, assert, screenshot }) {
  const gallery = await openPage(await start({ HEYGEN_BASE_URL: `${baseURL}/sandbox`, HEYGEN_API_KEY: 'sk_any' }));
  const { page } = gallery;
  await serveFilesOverHTTPS(page, baseURL);
  const others = () => requests.filter((request) => request.frame().page() === page && !request.url().startsWith(gallery.url));
  await gallery.open();
  const heading = (await page.locator('[data-upstream]').innerText()).replace(/\s+/g, ' ').trim();
  assert(`the page says “${heading}”`, /^Live: HeyGen\. Responses come from 127\.0\.0\.1:\d+\.$/.test(heading));
  await gallery.chooseOffice();
  await gallery.look('monica_sofa').hover();
  const play = await gallery.panel.getByRole('button', { name: /^Play/ }).count();
  const asked = page.getByText('Previews load from other servers, which see your IP address.');
  await asked.waitFor();
  assert('before consent no other host is requested', others().length === 0 && play === 0, others().map((r) => r.url()).join('\n'));
  assert('and initials are in place of images', (await gallery.cards.first().locator('.initials').count()) === 1);
  const notes = await page.locator('.next-steps .notes').count();
  assert('the next steps do not call the ids invented', notes === 0);
  await screenshot(page, 'live');

  await page.getByRole('button', { name: 'Show previews' }).click();
  const width = await gallery.cards.first().locator('img').evaluate((img) => img.decode().then(() => img.naturalWidth));
  await gallery.panel.getByRole('group', { name: 'Voice' }).getByRole('button', { name: /^Play/ }).click();
  await gallery.panel.getByRole('button', { name: /^Stop/ }).waitFor();
  const withReferrer = others().filter((request) => request.headers().referer);
  assert(`then they load, ${width} px wide, without a referrer`, width > 0 && withReferrer.length === 0);
  const hosts = [...new Set(others().map((request) => new URL(request.url()).origin))];
  assert(`from the previews’ host alone, ${hosts}`, `${hosts}` === FILES_ORIGIN);
}

// serveFilesOverHTTPS moves the sandbox's files to FILES_ORIGIN.
async function serveFilesOverHTTPS(page, baseURL) {
  await rewriteResponses(page, (text) => text.replaceAll(`${baseURL}/sandbox`, FILES_ORIGIN));
  await page.route(`${FILES_ORIGIN}/**`, async (route) => {
    const { pathname, search } = new URL(route.request().url());
    const response = await fetch(`${baseURL}/sandbox${pathname}${search}`);
    const body = Buffer.from(await response.arrayBuffer());
    await route.fulfill({ status: response.status, contentType: response.headers.get('content-type'), body });
  });
}
