// Connections over HeyGen's forward-only pages. A cursor is the token of a page and
// the number of its items to skip. No more items are fetched than needed.

const encodeCursor = (token, skip) => Buffer.from(`${token}:${skip}`).toString('base64')

function decodeCursor(cursor) {
  if (!cursor) return { token: '', skip: 0 }
  const decoded = Buffer.from(cursor, 'base64').toString()
  const colon = decoded.lastIndexOf(':')
  return { token: decoded.slice(0, colon), skip: Number(decoded.slice(colon + 1)) }
}

export async function page({ first, after }, fetchPage, toNode) {
  first ??= 20
  let { token, skip } = decodeCursor(after)
  const edges = []
  let more = true
  while (more && edges.length < first) {
    const { data, has_more, next_token } = await fetchPage(token, Math.min(50, skip + first - edges.length))
    for (let i = skip; i < data.length; i++) {
      const last = i === data.length - 1 && has_more
      edges.push({ cursor: last ? encodeCursor(next_token, 0) : encodeCursor(token, i + 1), node: toNode(data[i]) })
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
