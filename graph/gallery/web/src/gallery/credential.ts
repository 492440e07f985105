export type CredentialKind = 'token' | 'apiKey';

// credentialKind returns what the server requires, given an example of the header, such as {"X-Api-Key": "…"}. It
// returns null if the server requires none.
export function credentialKind(example: string): CredentialKind | null {
  if (example.trim() === '') return null;
  return /x-api-key/i.test(example) ? 'apiKey' : 'token';
}

// parseCredential returns the token or key in the user's input, which may be a whole header. It returns null if no
// header can contain it.
export function parseCredential(input: string): string | null {
  const value = input
    .trim()
    .replace(/^(authorization|x-api-key)\s*:\s*/i, '')
    .replace(/^bearer(\s+|$)/i, '');
  return /^[\x21-\x7e]+$/.test(value) ? value : null;
}

// concerns reports whether another credential of the caller may resolve an error. UPSTREAM_UNAUTHENTICATED does, if
// the caller's key is the one that HeyGen rejected; otherwise it is the server's, which only its operator can replace.
export function concerns(kind: CredentialKind | null, code: string): boolean {
  return code === 'UNAUTHENTICATED' || (code === 'UPSTREAM_UNAUTHENTICATED' && kind === 'apiKey');
}
