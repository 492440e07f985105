// The browser's storage as GraphiQL sees it. GraphiQL writes the headers of every request into its history, whether or
// not the visitor chose "persist headers", and a write of open tabs that was under way when they chose "off" still
// brings them. So headers pass here only while the choice is on.

const CHOICE = 'graphiql:shouldPersistHeaders';
const HEADERS = 'graphiql:headers';
const LISTS = ['graphiql:tabState', 'graphiql:queries', 'graphiql:favorites'];

// Our own prefix: on a developer's machine the same loopback port serves other projects' GraphiQL too, and their tabs
// would open here.
const ours = (key) => key.replace(/^graphiql:/, 'heygen-graphql:');

// createStorage wraps store, localStorage by default. storage is null where the browser forbids it: GraphiQL then
// remembers nothing and works.
export function createStorage(store = reachable()) {
  if (!store) return { storage: null, keepsHeaders: () => false };

  const withheld = new Map(); // what the storage did not get, by key: in memory only
  const keepsHeaders = () => store.getItem(ours(CHOICE)) === 'true';
  const keys = () => Object.keys(store).filter((key) => key.startsWith(ours('graphiql:')));

  const write = (key, value) => (value ? store.setItem(ours(key), value) : store.removeItem(ours(key)));

  const choose = (value) => {
    store.setItem(ours(CHOICE), value);
    if (value === 'true') {
      // GraphiQL hands over the headers first and the choice last.
      for (const [key, full] of withheld) write(key, full);
      withheld.clear();
    } else {
      for (const key of [HEADERS, ...LISTS]) write(key, withoutHeaders(key, store.getItem(ours(key))));
    }
  };

  const storage = {
    getItem: (key) => store.getItem(ours(key)),
    setItem(key, value) {
      if (key === CHOICE) return choose(value);
      if (keepsHeaders()) return write(key, value);
      const bare = withoutHeaders(key, value);
      if (bare === value) withheld.delete(key);
      else withheld.set(key, value);
      write(key, bare);
    },
    removeItem(key) {
      withheld.delete(key);
      store.removeItem(ours(key));
    },
    clear() {
      withheld.clear();
      for (const key of keys()) store.removeItem(key);
    },
    get length() {
      return keys().length;
    },
  };
  return { storage, keepsHeaders };
}

function withoutHeaders(key, value) {
  if (key === HEADERS) return '';
  if (!value || !LISTS.includes(key)) return value;
  // A tab's hash is its texts joined, headers among them.
  const blank = (name, field) => ((name === 'headers' || name === 'hash') && typeof field === 'string' ? '' : field);
  return JSON.stringify(JSON.parse(value), blank);
}

function reachable() {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}
