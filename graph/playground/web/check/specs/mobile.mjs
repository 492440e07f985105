// At a telephone's width everything is still there.
export async function telephone({ visitor, claim, shot }) {
  const graphiql = await visitor();
  const { page } = graphiql;
  await page.setViewportSize({ width: 390, height: 844 });
  await graphiql.load();
  await graphiql.run();
  await page.locator('.previews li img').first().waitFor();
  const { width, bar, result, json } = await page.evaluate(() => {
    const box = (selector) => document.querySelector(selector).getBoundingClientRect();
    return {
      width: document.documentElement.scrollWidth,
      bar: box('[data-upstream]').width,
      result: box('.graphiql-response').width,
      json: box('.graphiql-response .monaco-editor').height,
    };
  });
  claim('at 390 px nothing sticks out', width === 390 && bar === 390, `${width} ${bar}`);
  claim(`the result has ${Math.round(result)} px`, result > 250);
  claim(`the JSON above the pictures is ${Math.round(json)} px high`, json > 120);
  await shot(page, '390');
  await graphiql.tool('headers');
  const editor = page.locator('section[aria-label="Headers"] .graphiql-editor:not(.hidden)');
  await editor.locator('.view-line').first().waitFor();
  claim('the headers pane opens', (await editor.boundingBox()).height > 30);
}
