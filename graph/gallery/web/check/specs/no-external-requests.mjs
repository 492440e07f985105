// In all specs, the browser sent requests to this machine only, and reported no error that a spec had not caused.
export async function noExternalRequests({ requests, consoleErrors, assert }) {
  const urls = requests.map((request) => new URL(request.url())).filter(({ protocol }) => !['data:', 'blob:'].includes(protocol));
  const counts = {};
  for (const { origin } of urls) counts[origin] = (counts[origin] ?? 0) + 1;
  for (const [origin, n] of Object.entries(counts)) console.log(`      ${n} × ${origin}`);
  // files.example stands in for HeyGen's hosts and is served within the browser: .example names do not resolve.
  const external = urls.filter(({ hostname }) => hostname !== '127.0.0.1' && hostname !== 'files.example');
  assert(`all ${urls.length} requests stayed on this machine`, external.length === 0, external.join('\n'));
  assert('no error, no warning, no policy violation', consoleErrors.length === 0, consoleErrors.join('\n'));
}
