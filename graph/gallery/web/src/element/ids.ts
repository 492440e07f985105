// Ids that the server accepts as they are.
const plain = /^[A-Za-z0-9][\w.~-]{0,127}$/;

// argumentOf returns the argument for HeyGen's id: the id itself, or else, such as for André#2022, the global id.
export function argumentOf(type: 'AvatarGroup' | 'AvatarLook' | 'Voice', id: string): string {
  if (plain.test(id)) return id;
  const bytes = new TextEncoder().encode(`${type}:${id}`);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
