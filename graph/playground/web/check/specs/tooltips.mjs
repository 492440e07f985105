// The response editor would load a picture whose URL the pointer rests on.
export async function hovers({ page }, claim) {
  const { word, x, y } = await page.evaluate(wordAt, '//files.example');
  // GraphiQL takes what begins with a slash and ends as pictures do. A port's colon would end the word.
  const loads = word.startsWith('/') && /\.(png|svg)$/.test(new URL(word, page.url()).pathname);
  claim(`GraphiQL has a picture to load, ${word}`, loads);
  await page.evaluate(announce);
  await page.mouse.move(x - 8, y);
  await page.mouse.move(x, y);
  const box = page.locator('.monaco-hover', { hasText: 'The pointer rests.' });
  await box.waitFor();
  claim('a URL that the pointer rests on is not loaded', (await box.locator('[data-id^=hover], img').count()) === 0);
  await page.mouse.move(0, 0);
}

// wordAt finds a text in the answer: the word that Monaco sees there, and its place on the screen. It runs in the page.
function wordAt(text) {
  const editor = globalThis.__MONACO.editor.getEditors().find((e) => e.getModel().uri.path.endsWith('response.json'));
  const model = editor.getModel();
  const position = model.getPositionAt(model.getValue().indexOf(text) + 4);
  editor.revealPositionInCenter(position);
  const { left, top } = editor.getDomNode().getBoundingClientRect();
  const at = editor.getScrolledVisiblePosition(position);
  const { word } = model.getWordAtPosition(position) ?? { word: '' };
  return { word, x: left + at.left + 3, y: top + at.top + at.height / 2 };
}

// announce has Monaco say when the pointer rests, after whatever GraphiQL has to say: that answers at once. It runs in
// the page.
function announce() {
  globalThis.__MONACO.languages.registerHoverProvider('json', {
    provideHover: () => new Promise((say) => setTimeout(say, 0, { contents: [{ value: 'The pointer rests.' }] })),
  });
}
