import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Violations that this page cannot fix. An exclusion that excludes nothing fails the spec.
const EXCLUSIONS = [
  {
    rule: 'nested-interactive',
    selector: '.graphiql-tab',
    reason: 'GraphiQL sets role=tab on the list item, and puts the buttons that select and close it inside',
  },
];

// axe-core reports no serious violation, in light and dark themes, with each pane open.
export async function accessibility({ openPage, assert, screenshot }) {
  const graphiql = await openPage();
  const { page } = graphiql;
  const used = new Set();
  let excluded = 0;

  for (const [colorScheme, width] of [['light', 1280], ['dark', 1280], ['light', 390], ['dark', 390]]) {
    const scan = async (view) => {
      await screenshot(page, `${view}-${width}-${colorScheme}`);
      const violations = await page.evaluate(findViolations, EXCLUSIONS);
      for (const { exclusion } of violations) used.add(exclusion);
      excluded += violations.filter(({ exclusion }) => exclusion >= 0).length;
      const rest = violations.filter(({ exclusion }) => exclusion < 0);
      const setup = `${view}, ${width} px, ${colorScheme}`;
      assert(`axe reports no serious violation: ${setup}`, rest.length === 0, JSON.stringify(rest, null, 2));
    };
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 844 });
    await graphiql.open();
    await page.evaluate(AXE);
    await graphiql.selectTab('OneCharacter');
    await graphiql.execute();
    await page.locator('.previews audio').waitFor();
    await scan('previews');
    await page.getByRole('button', { name: /^Preview of/ }).first().click();
    await scan('dialog');
    await page.keyboard.press('Escape');
    await graphiql.clickButton('Show Documentation Explorer');
    await page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).first().click();
    await page.locator('.graphiql-doc-explorer').getByText('avatarGroups', { exact: true }).waitFor();
    await scan('documentation');
    await graphiql.clickButton('Show Examples');
    await page.getByRole('region', { name: 'Examples' }).waitFor();
    await scan('examples');
    await graphiql.clickButton('Hide Examples');
    await page.evaluate(() => localStorage.clear());
  }
  const unused = EXCLUSIONS.filter((_, i) => !used.has(i));
  assert(`violations excluded: ${excluded}, no exclusion unused`, unused.length === 0, JSON.stringify(unused, null, 2));
}

// findViolations runs in the page. Each violation has the index of its exclusion, or -1.
async function findViolations(exclusions) {
  const { violations } = await globalThis.axe.run(document, { elementRef: true, resultTypes: ['violations'] });
  return violations
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .flatMap(({ id, nodes }) =>
      nodes.map(({ element, target, failureSummary }) => ({
        rule: id,
        target: target.join(' '),
        failureSummary,
        exclusion: exclusions.findIndex(({ rule, selector }) => rule === id && element?.matches(selector)),
      })),
    );
}
