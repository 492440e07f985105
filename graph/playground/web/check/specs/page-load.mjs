// The page loads, and the bar at the top shows which upstream serves the responses.
export async function pageLoad({ openPage, assert }) {
  const graphiql = await openPage();
  const response = await graphiql.open();
  assert(`the page loads (${response.status()})`, response.status() === 200);
  const text = /^Sandbox: invented avatars, no key needed\. No request reaches HeyGen\.$/;
  await assertBarText(graphiql.page, assert, text);
}

// assertBarText asserts that the bar is visible, matches pattern, and has sufficient contrast.
export async function assertBarText(page, assert, pattern) {
  const bar = page.locator('[data-upstream]');
  const text = (await bar.innerText()).replace(/\s+/g, ' ').trim();
  assert(`the bar shows “${text}”`, (await bar.isVisible()) && pattern.test(text));
  const ratio = await bar.evaluate(contrastRatio);
  assert(`the bar's contrast ratio is ${ratio.toFixed(1)}:1, at least 4.5:1`, ratio >= 4.5);
}

// contrastRatio returns WCAG's contrast ratio of an element's text to its background. It runs in the page.
function contrastRatio(element) {
  const luminance = (value) => {
    const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = value.match(/[\d.]+/g).map((v) => linear(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const { color, backgroundColor } = getComputedStyle(element);
  const [dark, light] = [luminance(color), luminance(backgroundColor)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
