import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// axe-core reports no violation, in light and dark, wide and narrow, with the panel closed and open, and in Arabic,
// whose direction is right to left.
export async function accessibility({ openPage, assert, screenshot }) {
  const gallery = await openPage();
  const { page } = gallery;

  const scan = async (view) => {
    await screenshot(page, view.replaceAll(/\W+/g, '-'));
    const violations = await page.evaluate(findViolations);
    assert(`axe reports no violation: ${view}`, violations.length === 0, JSON.stringify(violations, null, 2));
  };
  for (const [width, colorScheme] of [[1280, 'light'], [1280, 'dark'], [390, 'light'], [390, 'dark']]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 844 });
    await gallery.open();
    await page.evaluate(AXE);
    await assertNoOverflow(page, width, assert);
    await scan(`list, ${width} px, ${colorScheme}`);
    await gallery.chooseOffice();
    await scan(`panel, ${width} px, ${colorScheme}`);
    if (colorScheme === 'dark') continue;
    await gallery.panel.getByRole('button', { name: 'Change voice' }).click();
    await gallery.panel.getByRole('list', { name: 'Voices' }).getByRole('listitem').first().waitFor();
    await scan(`voices, ${width} px, ${colorScheme}`);
  }
  await scanArabic(gallery, assert, scan);
  await page.setViewportSize({ width: 2560, height: 1300 });
  await page.emulateMedia({ colorScheme: 'light' });
  await gallery.open();
  await screenshot(page, 'list-2560-px-light');
  await gallery.chooseOffice();
  await screenshot(page, 'panel-2560-px-light');
}

async function scanArabic(gallery, assert, scan) {
  const { page } = gallery;
  for (const [width, colorScheme] of [[1280, 'light'], [390, 'dark']]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 844 });
    await gallery.open();
    await page.evaluate(AXE);
    await page.locator('#language').evaluate((select) => {
      select.value = 'ar';
      select.dispatchEvent(new Event('change'));
    });
    await page.getByRole('searchbox', { name: 'البحث عن أفاتار' }).waitFor();
    const direction = await gallery.scroller.evaluate((element) => getComputedStyle(element).direction);
    assert(`in Arabic the direction is ${direction}`, direction === 'rtl');
    await scan(`list, ${width} px, ${colorScheme}, Arabic`);
    await gallery.chooseOffice();
    const [panel, grid] = [await gallery.panel.boundingBox(), await gallery.scroller.boundingBox()];
    if (width === 1280) assert('and the panel is on the left', panel.x < grid.x);
    await scan(`panel, ${width} px, ${colorScheme}, Arabic`);
    await page.evaluate(() => localStorage.clear());
  }
}

async function assertNoOverflow(page, width, assert) {
  const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
  assert(`at ${width} px nothing overflows`, scrollWidth === width, `${scrollWidth}`);
}

// findViolations runs in the page.
async function findViolations() {
  const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, failureSummary }) => ({ rule: id, impact, target: target.flat().join(' '), failureSummary })),
  );
}
