// All that the browser asked for, over all the visits, lies on this machine; and it never complained.
export async function home({ requests, complaints, claim }) {
  const urls = requests.map((request) => new URL(request.url())).filter(({ protocol }) => protocol !== 'data:');
  const times = {};
  for (const { origin } of urls) times[origin] = (times[origin] ?? 0) + 1;
  for (const [origin, n] of Object.entries(times)) console.log(`      ${n} × ${origin}`);
  // The host that stands for HeyGen's is answered within the browser: no resolver knows names in .example.
  const away = urls.filter(({ hostname }) => hostname !== '127.0.0.1' && hostname !== 'files.example');
  claim(`all ${urls.length} requests stayed on this machine`, away.length === 0, away.join('\n'));
  claim('no error, no warning, no refused policy', complaints.length === 0, complaints.join('\n'));
}
