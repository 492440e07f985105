// Resolvers for what Tailcall's directives cannot express. The argument is a group as JSON.

function createdAt(group) {
  return JSON.stringify(new Date(JSON.parse(group).created_at * 1000).toISOString().replace('.000Z', 'Z'))
}

function status(group) {
  const { status } = JSON.parse(group)
  return JSON.stringify(status === null ? null : status.toUpperCase())
}
