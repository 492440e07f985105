export const LOOK = 'monica_office';

// eachOnAnEmptyPage runs tests, each on a page of the server with a form and no picker yet.
export async function eachOnAnEmptyPage({ openPage, assert, expectErrors, consoleErrors }, tests) {
  const gallery = await openPage();
  const { page } = gallery;
  await page.route('**/element-test', (route) => route.fulfill({ contentType: 'text/html', body: pageOf(gallery.url) }));
  for (const test of tests) {
    await page.goto(`${gallery.url}/element-test`);
    await page.waitForFunction(() => customElements.get('heygen-avatar-picker'));
    const mark = consoleErrors.length;
    await test(gallery, assert, (claim, pattern) => expectErrors(claim, mark, pattern));
  }
}

const pageOf = (url) => `<!doctype html>
<html lang="en">
  <title>Element</title>
  <link rel="icon" href="data:,">
  <script type="module" src="${url}/picker.js"></script>
  <form></form>
  <div id="other"></div>
  <script>
    globalThis.events = [];
    // mount returns a new picker in the form.
    globalThis.mount = (attributes = {}, properties = {}) => {
      const picker = Object.assign(document.createElement('heygen-avatar-picker'), properties);
      for (const [name, value] of Object.entries({ name: 'avatar', ...attributes })) picker.setAttribute(name, value);
      for (const type of ['avatar-select', 'picker-error', 'picker-view-change', 'change', 'invalid']) {
        picker.addEventListener(type, ({ detail }) => events.push([type, detail]));
      }
      document.querySelector('form').append(picker);
      return picker;
    };
    // until resolves when condition returns a truthy value, with it.
    globalThis.until = async (condition) => {
      for (let i = 0; i < 500; i++) {
        const value = await condition();
        if (value) return value;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error('never: ' + condition);
    };
  </script>
</html>`;
