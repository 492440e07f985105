// One line has room for three.
const MAX_HOSTS = 3;

// heading returns the number of previews, how many of them are displayed, and the hosts that those are loaded from. It
// names no host in the sandbox, whose files come from this server.
export function heading(previews, displayed, sandbox) {
  const count = (kind, singular, plural) => {
    const n = previews.filter((preview) => preview.kind === kind).length;
    return n > 0 && `${n} ${n === 1 ? singular : plural}`;
  };
  const counts = [count('image', 'image', 'images'), count('audio', 'voice', 'voices')].filter(Boolean);
  const limit = displayed.length < previews.length ? `, first ${displayed.length} shown` : '';
  return counts.join(' and ') + limit + (sandbox ? '' : fromHosts(displayed));
}

function fromHosts(displayed) {
  const hosts = [...new Set(displayed.filter(({ src }) => src).map(({ src }) => new URL(src).host))];
  if (hosts.length === 0) return '';
  const more = hosts.length > MAX_HOSTS ? ` and ${hosts.length - MAX_HOSTS} more` : '';
  return `, from ${hosts.slice(0, MAX_HOSTS).join(', ')}${more}`;
}
