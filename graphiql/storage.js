const histories = ['graphiql:queries', 'graphiql:favorites'];

/** Local storage for GraphiQL, without the request headers that its history would keep: they hold credentials. */
export const storage = {
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, value) => localStorage.setItem(key, histories.includes(key) ? withoutHeaders(value) : value),
  removeItem: (key) => localStorage.removeItem(key),
  clear: () => ownKeys().forEach((key) => localStorage.removeItem(key)),
  get length() {
    return ownKeys().length;
  },
};

function withoutHeaders(json) {
  return JSON.stringify(JSON.parse(json), (key, value) => (key === 'headers' ? undefined : value));
}

function ownKeys() {
  return Object.keys(localStorage).filter((key) => key.startsWith('graphiql:'));
}
