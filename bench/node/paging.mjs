// Connections over HeyGen's forward pages. A cursor names a page's token and how
// many of the items behind it to skip. Only what is needed is asked for.

const write = (token, skip) => Buffer.from(`${token}:${skip}`).toString('base64')

function read(cursor) {
  if (!cursor) return { token: '', skip: 0 }
  const text = Buffer.from(cursor, 'base64').toString()
  const end = text.lastIndexOf(':')
  return { token: text.slice(0, end), skip: Number(text.slice(end + 1)) }
}

export async function page({ first, after }, fetch, itemOf) {
  first ??= 20
  let { token, skip } = read(after)
  const edges = []
  let more = true
  while (more && edges.length < first) {
    const { data, has_more, next_token } = await fetch(token, Math.min(50, skip + first - edges.length))
    for (let i = skip; i < data.length; i++) {
      const last = i === data.length - 1 && has_more
      edges.push({ cursor: last ? write(next_token, 0) : write(token, i + 1), node: itemOf(data[i]) })
    }
    more = has_more
    token = next_token
    skip = 0
  }
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: { hasNextPage: more, endCursor: edges.at(-1)?.cursor },
  }
}
