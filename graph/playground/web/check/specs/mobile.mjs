// At the width of a phone everything is visible and usable.
export async function mobile({ openPage, assert, screenshot }) {
  const graphiql = await openPage();
  const { page } = graphiql;
  await page.setViewportSize({ width: 390, height: 844 });
  await graphiql.open();
  await graphiql.execute();
  await page.locator('.previews li img').first().waitFor();
  const { width, bar, response, json } = await page.evaluate(() => {
    const box = (selector) => document.querySelector(selector).getBoundingClientRect();
    return {
      width: document.documentElement.scrollWidth,
      bar: box('[data-upstream]').width,
      response: box('.graphiql-response').width,
      json: box('.graphiql-response .monaco-editor').height,
    };
  });
  assert('at 390 px nothing overflows', width === 390 && bar === 390, `${width} ${bar}`);
  assert(`the response is ${Math.round(response)} px wide`, response > 250);
  assert(`the JSON above the previews is ${Math.round(json)} px high`, json > 120);
  await screenshot(page, '390');
  await graphiql.openPane('headers');
  const editor = page.locator('section[aria-label="Headers"] .graphiql-editor:not(.hidden)');
  await editor.locator('.view-line').first().waitFor();
  assert('the headers pane opens', (await editor.boundingBox()).height > 30);
}
