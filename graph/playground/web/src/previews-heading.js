// As many as a line has room for.
const HOSTS = 3;

// heading counts all previews, says how many of them are shown, and names the hosts that those come from. A sandbox's
// come from this server.
export function heading(all, shown, sandbox) {
  const count = (kind, one, many) => {
    const n = all.filter((preview) => preview.kind === kind).length;
    return n > 0 && `${n} ${n === 1 ? one : many}`;
  };
  const counts = [count('picture', 'picture', 'pictures'), count('sample', 'voice', 'voices')].filter(Boolean);
  const some = shown.length < all.length ? `, the first ${shown.length} of them` : '';
  return counts.join(' and ') + some + (sandbox ? '' : from(shown));
}

function from(shown) {
  const hosts = [...new Set(shown.filter(({ address }) => address).map(({ address }) => new URL(address).host))];
  if (hosts.length === 0) return '';
  const more = hosts.length > HOSTS ? ` and ${hosts.length - HOSTS} more` : '';
  return `, from ${hosts.slice(0, HOSTS).join(', ')}${more}`;
}
