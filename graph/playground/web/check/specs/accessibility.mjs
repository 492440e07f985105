import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// What axe finds and nothing on this page can mend. One that finds nothing any more has to go.
const EXCLUDED = [
  {
    rule: 'nested-interactive',
    selector: '.graphiql-tab',
    reason: 'GraphiQL makes the list item the tab, and puts the buttons that turn to it and close it inside',
  },
];

// axe-core finds nothing serious, by day and by night, with whatever is open.
export async function accessibility({ visitor, claim, shot }) {
  const graphiql = await visitor();
  const { page } = graphiql;
  const used = new Set();
  let n = 0;

  for (const [colorScheme, width] of [['light', 1280], ['dark', 1280], ['light', 390], ['dark', 390]]) {
    const scan = async (what) => {
      await shot(page, `${what}-${width}-${colorScheme}`);
      const findings = await page.evaluate(inspect, EXCLUDED);
      for (const { excluded } of findings) used.add(excluded);
      n += findings.filter(({ excluded }) => excluded >= 0).length;
      const left = findings.filter(({ excluded }) => excluded < 0);
      const where = `${what}, ${width} px, ${colorScheme}`;
      claim(`axe finds nothing serious: ${where}`, left.length === 0, JSON.stringify(left, null, 2));
    };
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 844 });
    await graphiql.load();
    await page.evaluate(AXE);
    await graphiql.turnTo('OneCharacter');
    await graphiql.run();
    await page.locator('.previews audio').waitFor();
    await scan('pictures');
    await page.getByRole('button', { name: /^Preview of/ }).first().click();
    await scan('large');
    await page.keyboard.press('Escape');
    await graphiql.press('Show Documentation Explorer');
    await page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).first().click();
    await page.locator('.graphiql-doc-explorer').getByText('avatarGroups', { exact: true }).waitFor();
    await scan('documentation');
    await graphiql.press('Show Examples');
    await page.getByRole('region', { name: 'Examples' }).waitFor();
    await scan('examples');
    await graphiql.press('Hide Examples');
    await page.evaluate(() => localStorage.clear());
  }
  const unused = EXCLUDED.filter((_, i) => !used.has(i));
  claim(`findings excluded: ${n}, each needed`, unused.length === 0, JSON.stringify(unused, null, 2));
}

// inspect runs in the page.
async function inspect(excluded) {
  const { violations } = await globalThis.axe.run(document, { elementRef: true, resultTypes: ['violations'] });
  return violations
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .flatMap(({ id, nodes }) =>
      nodes.map(({ element, target, failureSummary }) => ({
        rule: id,
        target: target.join(' '),
        failureSummary,
        excluded: excluded.findIndex(({ rule, selector }) => rule === id && element?.matches(selector)),
      })),
    );
}
