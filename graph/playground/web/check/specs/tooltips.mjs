// By default the response editor would load an image whose URL is under the pointer.
export async function tooltips({ page }, assert) {
  const { word, x, y } = await page.evaluate(findWord, '//files.example');
  // GraphiQL loads words that start with a slash and end with an image extension. A port's colon would end the word.
  const loadable = word.startsWith('/') && /\.(png|svg)$/.test(new URL(word, page.url()).pathname);
  assert(`GraphiQL would load the image ${word}`, loadable);
  await page.evaluate(registerTooltip);
  await page.mouse.move(x - 8, y);
  await page.mouse.move(x, y);
  const tooltip = page.locator('.monaco-hover', { hasText: 'Tooltip of the spec.' });
  await tooltip.waitFor();
  const images = await tooltip.locator('[data-id^=hover], img').count();
  assert('an image URL under the pointer is not loaded', images === 0);
  await page.mouse.move(0, 0);
}

// findWord finds text in the response. It returns Monaco's word at that position, and its coordinates on the screen. It
// runs in the page.
function findWord(text) {
  const editor = globalThis.__MONACO.editor.getEditors().find((e) => e.getModel().uri.path.endsWith('response.json'));
  const model = editor.getModel();
  const position = model.getPositionAt(model.getValue().indexOf(text) + 4);
  editor.revealPositionInCenter(position);
  const { left, top } = editor.getDomNode().getBoundingClientRect();
  const visible = editor.getScrolledVisiblePosition(position);
  const { word } = model.getWordAtPosition(position) ?? { word: '' };
  return { word, x: left + visible.left + 3, y: top + visible.top + visible.height / 2 };
}

// registerTooltip adds a tooltip that Monaco renders after GraphiQL's own, which is synchronous. It runs in the page.
function registerTooltip() {
  const contents = [{ value: 'Tooltip of the spec.' }];
  globalThis.__MONACO.languages.registerHoverProvider('json', {
    provideHover: () => new Promise((resolve) => setTimeout(resolve, 0, { contents })),
  });
}
