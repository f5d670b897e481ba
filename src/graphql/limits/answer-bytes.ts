/** About how many bytes a leaf takes in an answer, its name and what separates it from the next one included. */
export function toLeafBytes(name: string | number, value: unknown): number {
  return String(name).length + 4 + toValueBytes(value);
}

/** JSON of any depth, each object measured once however often it is answered: snapshots are frozen. */
const known = new WeakMap<object, number>();

function toValueBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value) + 2;
  if (typeof value !== 'object' || value === null) return 5;
  let bytes = known.get(value);
  if (bytes === undefined) {
    bytes = Array.isArray(value) ? toListBytes(value) : toObjectBytes(value);
    known.set(value, bytes);
  }
  return bytes;
}

function toListBytes(items: readonly unknown[]): number {
  let bytes = 2;
  for (const item of items) bytes += toValueBytes(item) + 1;
  return bytes;
}

function toObjectBytes(value: object): number {
  let bytes = 2;
  for (const [name, field] of Object.entries(value)) bytes += toLeafBytes(name, field);
  return bytes;
}
