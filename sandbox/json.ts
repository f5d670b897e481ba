// What Node has and TypeScript's library does not know yet.
const withSource = JSON as unknown as {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
};

/** The value that the text is; a whole number beyond 2^53 is a bigint, so that it keeps its digits. Throws if it is no JSON. */
export function parseJson(text: string): unknown {
  return withSource.parse(text, (_key, value, { source = '' }) => {
    const isUnsafe = typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source);
    return isUnsafe ? BigInt(source) : value;
  });
}

/** The value as JSON text, bigints as numbers with all of their digits. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'bigint' ? withSource.rawJSON(String(member)) : member,
  );
}
