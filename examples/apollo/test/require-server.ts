// The tests need a real server: without one they would all fail, each in its own words.
export default async function () {
  const url = process.env.GRAPHQL_URL ?? 'http://127.0.0.1:8080/graphql';
  await fetch(url).catch(() => {
    throw new Error(`No server at ${url}: start it with \`go run .\`, or name it by GRAPHQL_URL.`);
  });
}
