export const endpoint = process.env.GRAPHQL_URL ?? 'http://127.0.0.1:8080/graphql';

// A cursor that is valid for a server without CURSOR_SECRET. Its position no longer exists, hence CURSOR_EXPIRED.
export const EXPIRED_CURSOR = 'HBfTfAcCCjOTsgDmDyO0YdHJR2senVcACLkOJkCNNmZvcmdvdHRlbtLKGXX0yfF5';

// The global id of an AvatarLook, which `avatarGroup` rejects.
export const LOOK_ID = 'QXZhdGFyTG9vazp4';
