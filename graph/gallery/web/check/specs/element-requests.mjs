import { eachOnAnEmptyPage, LOOK } from '../element-page.mjs';
import { operationOf, rewriteResponses } from '../gallery-page.mjs';

// What the element requests, with which credentials, and from which hosts.
export function elementRequests(check) {
  return eachOnAnEmptyPage(check, [assertTokens, assertConsent, assertRedirect]);
}

// Requests have the token of their time, and a picker whose token is empty sends none.
async function assertTokens({ page }, assert) {
  const tokens = [];
  const record = (request) => operationOf(request) && tokens.push(`${operationOf(request).name} ${request.headers().authorization ?? 'none'}`);
  page.on('request', record);
  await page.evaluate(async () => {
    globalThis.picker = mount({ token: '' });
    await picker.updateComplete;
    await new Promise((resolve) => setTimeout(resolve, 200));
  });
  assert('with an empty token it sends no request', tokens.length === 0, tokens.join('\n'));
  await page.evaluate(async (look) => {
    const selected = picker.select(look);
    picker.token = 'one';
    await selected;
  }, LOOK);
  await page.getByRole('button', { name: 'Change voice' }).click();
  await page.getByRole('button', { name: /^Choose the voice/ }).first().waitFor();
  tokens.length = 0;
  await page.evaluate(() => (picker.token = 'two'));
  await page.waitForTimeout(300);
  const names = [...new Set(tokens.map((line) => line.split(' ')[0]).filter((name) => !name.endsWith('Changed')))].sort().join();
  await page.getByRole('searchbox', { name: 'Search voices' }).fill('calm');
  await page.waitForTimeout(500);
  page.off('request', record);
  const others = tokens.filter((line) => !line.endsWith(' Bearer two'));
  assert(`a new token requests everything again: ${names}`, names === 'PickerCharacter,PickerCharacters,PickerVoices');
  assert('with that token alone', others.length === 0, others.join('\n'));
  const closed = await page.evaluate(async () => {
    picker.shadowRoot.querySelector('.panel-header .round').click();
    await picker.updateComplete;
    events.length = 0;
    picker.token = 'three';
    await new Promise((resolve) => setTimeout(resolve, 400));
    const views = events.filter(([type]) => type === 'picker-view-change').length;
    picker.shadowRoot.querySelector('[data-chosen-look] button').click();
    return [picker.selection.lookId, views].join();
  });
  assert(`it leaves a closed character closed: ${closed}`, closed === `${LOOK},0`);
  await page.getByRole('button', { name: 'Change voice' }).click();
  await page.getByRole('searchbox', { name: 'Search voices' }).waitFor();
  await page.evaluate(() => (picker.token = ''));
  await page.getByRole('searchbox', { name: 'Search voices' }).waitFor({ state: 'detached' });
  assert('and an empty one closes the voices', true);
}

async function assertConsent({ page, url }, assert) {
  const images = [];
  const restore = await rewriteResponses(page, (text) =>
    text.replaceAll(`${url}/sandbox/group_`, '//elsewhere.example/').replaceAll(`${url}/sandbox`, 'https://elsewhere.example'),
  );
  await page.route('**/elsewhere.example/**', (route) => route.fulfill({ status: 204 }));
  page.on('request', (request) => request.resourceType() === 'image' && images.push(request.url()));
  const shown = await page.evaluate(async () => {
    const picker = mount({ previews: 'ASK', endpoint: '/graphql' });
    await until(() => picker.shadowRoot.querySelector('[data-consent]'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    return picker.shadowRoot.querySelectorAll('.cards img').length;
  });
  assert('anything but “show” asks for consent to other hosts, also with a relative endpoint', shown === 0 && images.length === 0, images.join('\n'));
  await restore();

  const insecure = await rewriteResponses(page, (text) => text.replaceAll(`${url}/sandbox`, 'http://elsewhere.example'));
  await page.evaluate(async () => {
    document.querySelector('form').replaceChildren();
    const picker = mount();
    await until(() => picker.shadowRoot.querySelector('[part~="card"]'));
    await new Promise((resolve) => setTimeout(resolve, 200));
  });
  await insecure();
  assert('previews of other hosts are loaded over HTTPS only', images.length === 0, images.join());
}

async function assertRedirect({ page }, assert, expectErrors) {
  const leaked = [];
  await page.route('https://elsewhere.example/**', (route) => {
    leaked.push(JSON.stringify(route.request().headers()));
    return route.fulfill({ status: 200, headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' }, body: '{}' });
  });
  await page.route('**/moved', (route) => route.fulfill({ status: 307, headers: { Location: 'https://elsewhere.example/graphql' } }));
  const code = await page.evaluate(async () => {
    mount({ endpoint: '/moved' }, { apiKey: 'sk_of_the_user' });
    return (await until(() => events.find(([type]) => type === 'picker-error')))[1].code;
  });
  assert(`a redirect of the endpoint is not followed: ${code}`, code === 'NETWORK_ERROR' && leaked.length === 0, leaked.join('\n'));
  expectErrors('as the console says', /redirect|net::ERR_FAILED/i);
}
