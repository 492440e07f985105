// serveVideos lets the previews of looks be videos, until the returned function is called: the sandbox's are images. The
// browser records one.
export async function serveVideos(page) {
  const body = Buffer.from(await page.evaluate(recordVideo), 'base64');
  const handler = (route) => route.fulfill({ contentType: 'video/webm', body });
  await page.route('**/look-previews/*', handler);
  return () => page.unroute('**/look-previews/*', handler);
}

// recordVideo returns a short video in base64. It runs in the page.
async function recordVideo() {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 64;
  const context = canvas.getContext('2d');
  const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm' });
  const recorded = new Promise((resolve) => (recorder.ondataavailable = ({ data }) => resolve(data)));
  recorder.start();
  for (let i = 0; i < 15; i++) {
    context.fillStyle = `hsl(${i * 20} 80% 50%)`;
    context.fillRect(0, 0, 64, 64);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  recorder.stop();
  const bytes = new Uint8Array(await (await recorded).arrayBuffer());
  return btoa(String.fromCharCode(...bytes));
}
