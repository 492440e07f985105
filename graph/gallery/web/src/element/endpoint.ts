export const defaultEndpoint = new URL('/graphql', import.meta.url).href;

// resolveEndpoint returns an absolute URL. Without a valid one every request fails, and that is reported.
export function resolveEndpoint(endpoint: string | null | undefined): string {
  try {
    return new URL(endpoint || defaultEndpoint, document.baseURI).href;
  } catch {
    return String(endpoint);
  }
}
