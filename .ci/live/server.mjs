// The running server, whose URL is the first argument of live.mjs.
const [base] = process.argv.slice(2);
if (!base) {
  console.error('usage: node live.mjs <base URL>');
  process.exit(2);
}

export const url = new URL('/graphql', base).href;
export const socketURL = url.replace(/^http/, 'ws');

// The previews appear half way through a training, so a stream of these fields has a change before the last one.
export const CHANGES = /* GraphQL */ `
  subscription Changes($id: ID!) {
    avatarGroupChanged(id: $id) {
      id
      groupId
      status
      previewImageUrl
      error {
        message
      }
    }
  }
`;

// query returns the data of a query over plain HTTP.
export async function query(document) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: document }),
    signal: AbortSignal.timeout(10_000),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(`the query failed: ${errors[0].message}`);
  return data;
}
