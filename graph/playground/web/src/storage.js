// The browser's storage as GraphiQL sees it. GraphiQL writes the headers of every request into its history, whether or
// not the user chose "persist headers", and a write of the open tabs that was pending when they chose "off" still
// contains them. So this wrapper stores headers only while the setting is on.

const PERSIST_HEADERS = 'graphiql:shouldPersistHeaders';
const HEADERS = 'graphiql:headers';
const LISTS = ['graphiql:tabState', 'graphiql:queries', 'graphiql:favorites'];

// Keys have this project's prefix: on a developer's machine the same loopback port serves other projects' GraphiQL too,
// and their tabs would open here.
const prefixed = (key) => key.replace(/^graphiql:/, 'heygen-graphql:');

// createStorage wraps store, localStorage by default. It returns a null storage if the browser forbids it, and GraphiQL
// then works without persistence.
export function createStorage(store = localStorageOrNull()) {
  if (!store) return { storage: null, persistsHeaders: () => false };

  const unpersisted = new Map(); // values with headers, by key: in memory only
  const persistsHeaders = () => store.getItem(prefixed(PERSIST_HEADERS)) === 'true';
  const keys = () => Object.keys(store).filter((key) => key.startsWith(prefixed('graphiql:')));

  const write = (key, value) => (value ? store.setItem(prefixed(key), value) : store.removeItem(prefixed(key)));

  const setPersistHeaders = (setting) => {
    store.setItem(prefixed(PERSIST_HEADERS), setting);
    if (setting === 'true') {
      // GraphiQL writes the headers first and the setting last.
      for (const [key, value] of unpersisted) write(key, value);
      unpersisted.clear();
    } else {
      for (const key of [HEADERS, ...LISTS]) write(key, withoutHeaders(key, store.getItem(prefixed(key))));
    }
  };

  const storage = {
    getItem: (key) => store.getItem(prefixed(key)),
    setItem(key, value) {
      if (key === PERSIST_HEADERS) return setPersistHeaders(value);
      if (persistsHeaders()) return write(key, value);
      const stripped = withoutHeaders(key, value);
      if (stripped === value) unpersisted.delete(key);
      else unpersisted.set(key, value);
      write(key, stripped);
    },
    removeItem(key) {
      unpersisted.delete(key);
      store.removeItem(prefixed(key));
    },
    clear() {
      unpersisted.clear();
      for (const key of keys()) store.removeItem(key);
    },
    get length() {
      return keys().length;
    },
  };
  return { storage, persistsHeaders };
}

function withoutHeaders(key, value) {
  if (key === HEADERS) return '';
  if (!value || !LISTS.includes(key)) return value;
  // A tab's hash is the concatenation of its editors, headers included.
  const strip = (name, field) => ((name === 'headers' || name === 'hash') && typeof field === 'string' ? '' : field);
  return JSON.stringify(JSON.parse(value), strip);
}

function localStorageOrNull() {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}
