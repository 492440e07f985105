// The page loads, and the bar on top says loudly who answers.
export async function loads({ visitor, claim }) {
  const graphiql = await visitor();
  const answer = await graphiql.load();
  claim(`the page loads (${answer.status()})`, answer.status() === 200);
  await barSays(graphiql.page, claim, /^Sandbox: invented avatars, no key needed\. No request reaches HeyGen\.$/);
}

// barSays claims what the bar says, and that it can be read.
export async function barSays(page, claim, text) {
  const bar = page.locator('[data-upstream]');
  const said = (await bar.innerText()).replace(/\s+/g, ' ').trim();
  claim(`the bar says “${said}”`, (await bar.isVisible()) && text.test(said));
  const ratio = await bar.evaluate(contrast);
  claim(`the bar's contrast is ${ratio.toFixed(1)}:1, 4.5 or more`, ratio >= 4.5);
}

// contrast is WCAG's, of an element's text on its own background. It runs in the page.
function contrast(element) {
  const luminance = (colour) => {
    const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = colour.match(/[\d.]+/g).map((v) => linear(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const { color, backgroundColor } = getComputedStyle(element);
  const [dark, light] = [luminance(color), luminance(backgroundColor)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
