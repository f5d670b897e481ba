/** What is counted of a JSON text as it is scanned, from `at` on: how deep it is there, and how many values came. */
export interface JsonPosition {
  at: number;
  depth: number;
  values: number;
}

/** Deeper than anything that an upstream means, and far from where printing it would end the stack. */
const maxDepth = 64;
/** A pipeline of 100 stages has about 1,500 values. */
const maxValues = 200_000;

/** Makes sure that parsing a text takes a bounded time and gives something of a bounded depth. Throws a SyntaxError. */
export function requireModest(text: string): void {
  const position: JsonPosition = { at: 0, depth: 0, values: 0 };
  while (position.at < text.length) step(text, position);
}

/**
 * Moves on to the end of the value that begins at the position: to what follows it in its list or object. Throws a
 * SyntaxError if the value is more than {@link requireModest} lets pass, or does not end.
 */
export function skipValue(text: string, position: JsonPosition): void {
  const { depth } = position;
  position.values = 0;
  while (position.at < text.length) {
    const code = text.charCodeAt(position.at);
    if (position.depth === depth && (code === comma || code === closingBracket || code === closingBrace)) return;
    step(text, position);
  }
  throw new SyntaxError('The JSON ends too early.');
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openingBracket, closingBracket, openingBrace, closingBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Looks at one character, or at one string as a whole. What is not JSON is left to the parser. */
function step(text: string, position: JsonPosition): void {
  const code = text.charCodeAt(position.at);
  position.at += 1;
  if (code === quote) position.at = toEndOfString(text, position.at);
  else if (code === comma) position.values += 1;
  else if (code === openingBracket || code === openingBrace) {
    position.values += 1;
    position.depth += 1;
    if (position.depth > maxDepth) throw new SyntaxError('The JSON is nested too deep.');
  } else if (code === closingBracket || code === closingBrace) position.depth -= 1;
  if (position.values > maxValues) throw new SyntaxError('The JSON holds too many values.');
}

/** Where a string ends whose first quote is before `from`; the text's end if it does not. */
export function toEndOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 1)) {
    let first = at;
    while (first > from && text.charCodeAt(first - 1) === backslash) first -= 1;
    if ((at - first) % 2 === 0) return at + 1;
  }
  return text.length;
}
