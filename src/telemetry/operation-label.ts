/** Names beyond these share one label, as each has time series of its own. */
const maxNames = 100;
const maxNameLength = 64;

/**
 * Makes metric labels of operation names, which callers choose freely. The first 100 of at most 64 characters are kept, all
 * others are `other`, and an operation without a name is `anonymous`.
 */
export function createOperationLabel(): (name: string | null) => string {
  const known = new Set<string>();
  return (name) => {
    if (name === null) return 'anonymous';
    if (known.has(name)) return name;
    if (known.size === maxNames || name.length > maxNameLength) return 'other';
    known.add(name);
    return name;
  };
}
