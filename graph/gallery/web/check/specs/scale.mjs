const SCROLL_SECONDS = 10;
const MEMORY_SECONDS = Number(process.env.MEMORY_SECONDS ?? 20);
const MAX_ELEMENTS = 2500; // in the shadow tree
const MAX_GROWTH = 5e6; // bytes, in the second half of MEMORY_SECONDS
const MAX_FRAME = 16; // ms of scripts and layout

// A list of 60,000 characters: what the page has in its document and in its memory is bounded, and frames are fast.
export async function scale({ browser, start, openPage, assert, screenshot }) {
  const settings = { SANDBOX_GROUPS: '60000', CATALOGUE_MAX_ITEMS: '60000', MAX_COST: '4000' };
  const gallery = await openPage(await start({ HEYGEN_SANDBOX: 'true', ...settings }));
  const { page } = gallery;
  await serveRasterImages(page);
  await gallery.open();
  assert(`the list has ${await gallery.total.innerText()}`, /^60,000/.test(await gallery.total.innerText()));
  await gallery.scroller.hover();

  await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline.frame'] });
  const elements = await scroll(gallery, SCROLL_SECONDS);
  const trace = JSON.parse((await browser.stopTracing()).toString());
  assert(`${SCROLL_SECONDS} s of scrolling: at most ${elements} elements`, elements < MAX_ELEMENTS);
  const frames = frameTimes(trace.traceEvents);
  const p95 = frames[Math.floor(frames.length * 0.95)];
  const median = frames[Math.floor(frames.length / 2)];
  const claim = `in 95 % of ${frames.length} frames, scripts and layout take at most ${p95.toFixed(1)} ms`;
  assert(`${claim}, median ${median.toFixed(1)} ms`, frames.length > 50 && p95 < MAX_FRAME);
  await screenshot(page, 'scrolled');

  const session = await page.context().newCDPSession(page);
  const heap = async () => {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize;
  };
  const before = await heap();
  await scroll(gallery, MEMORY_SECONDS / 2);
  const half = await heap();
  const count = await scroll(gallery, MEMORY_SECONDS / 2);
  const after = await heap();
  const sizes = [before, half, after].map((bytes) => `${(bytes / 1e6).toFixed(1)} MB`).join(', ');
  assert(`the heap is flat in ${MEMORY_SECONDS} s: ${sizes}`, after - half < MAX_GROWTH && count < MAX_ELEMENTS);
  const shown = (await gallery.picker.locator('.more').textContent()).replace(/\s+/g, ' ').trim();
  console.log(`      ${shown}`);
}

// serveRasterImages replaces the sandbox's SVG images, each of which is a document with scripts' events and layout of its
// own, by one such as HeyGen's.
async function serveRasterImages(page) {
  const image = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 400, height: 533 });
    const context = canvas.getContext('2d');
    context.fillStyle = context.createLinearGradient(0, 0, 400, 533);
    for (const [offset, color] of ['#247', '#c96', '#fed'].entries()) context.fillStyle.addColorStop(offset / 2, color);
    context.fillRect(0, 0, 400, 533);
    return canvas.toDataURL('image/jpeg').split(',')[1];
  });
  const body = Buffer.from(image, 'base64');
  await page.route('**/portraits/*', (route) => route.fulfill({ contentType: 'image/jpeg', body }));
}

// scroll scrolls down by the wheel, and returns the maximum number of elements in the picker's shadow tree.
async function scroll({ page, picker }, seconds) {
  let max = 0;
  const end = Date.now() + seconds * 1000;
  for (let i = 0; Date.now() < end; i++) {
    await page.mouse.wheel(0, 400);
    if (i % 10 === 0) max = Math.max(max, await picker.evaluate((p) => p.shadowRoot.querySelectorAll('*').length));
  }
  return max;
}

// Events of a trace that are scripts or layout.
const WORK = new Set([
  'EvaluateScript', 'EventDispatch', 'FireAnimationFrame', 'FunctionCall', 'IntersectionObserverController::computeIntersections',
  'Layout', 'MajorGC', 'MinorGC', 'RunMicrotasks', 'TimerFire', 'UpdateLayoutTree',
]); // prettier-ignore

// Those that are painting, with what is within them. Without a GPU, software paints.
const PAINTING = new Set(['Layerize', 'Paint', 'PrePaint', 'UpdateLayer']);

// frameTimes returns the milliseconds that scripts and layout took in each frame of the page's main thread, sorted. It
// sums times of the thread, in which other processes do not count.
function frameTimes(events) {
  const starts = events.filter(({ name }) => name === 'BeginMainThreadFrame').sort((a, b) => a.ts - b.ts);
  const { pid, tid } = starts[0];
  const own = (event) => event.pid === pid && event.tid === tid;
  const outer = events.filter((event) => own(event) && event.ph === 'X' && (WORK.has(event.name) || PAINTING.has(event.name)));
  const frames = starts.filter(own).map(({ ts }) => ({ ts, time: 0 }));
  let frame = 0;
  let end = 0; // of the last outermost event: nested ones are part of it
  for (const { name, ts, dur, tdur } of outer.sort((a, b) => a.ts - b.ts || b.dur - a.dur)) {
    if (ts < end) continue;
    end = ts + dur;
    while (frame + 1 < frames.length && frames[frame + 1].ts <= ts) frame++;
    if (WORK.has(name)) frames[frame].time += (tdur ?? dur) / 1000;
  }
  return frames.map(({ time }) => time).sort((a, b) => a - b);
}
