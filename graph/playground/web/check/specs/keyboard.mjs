// Everything can be done without a mouse.
export async function keyboard({ visitor, claim }) {
  const graphiql = await visitor();
  const { page } = graphiql;
  await graphiql.load();
  await page.locator('.graphiql-query-editor .view-lines').click();
  const { text } = await graphiql.run(() => page.keyboard.press('ControlOrMeta+Enter'));
  claim('Ctrl-Enter runs the query', /"avatarGroups"/.test(text));

  const summary = page.locator('.previews summary');
  await summary.focus();
  await page.keyboard.press('Enter');
  await page.locator('.previews:not([open])').waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.previews li').first().waitFor();
  await page.keyboard.press('Tab');
  const reached = await page.evaluate(() => document.activeElement.querySelector('img')?.alt);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  claim(`the pictures open, are reached and enlarged (${reached})`, /^Preview of /.test(reached));
  await page.keyboard.press('Enter'); // on the button that is there, Close
  await dialog.waitFor({ state: 'detached' });
  claim('and are left again', true);

  await page.getByRole('button', { name: 'Show Examples' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Examples' }).getByRole('button', { name: /^NextPage/ }).focus();
  await page.keyboard.press('Enter');
  await graphiql.settled();
  claim('an example is chosen', /^# The page after a cursor/.test(await graphiql.text('query')));
}
