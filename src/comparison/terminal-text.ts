/** A text of an upstream's for a terminal: cut after `maxLength` characters, and without those that control it or hide others. */
export function toTerminalText(text: string, maxLength = 80): string {
  const characters = Array.from(text.toWellFormed());
  const cut = characters.length > maxLength ? [...characters.slice(0, maxLength), '…'] : characters;
  return cut.map((character) => (/[\p{C}\p{Zl}\p{Zp}]/u.test(character) ? toEscape(character) : character)).join('');
}

/** The first of many lines, and how many more there are. */
export function firstLines(lines: readonly string[], max: number): readonly string[] {
  return lines.length > max ? [...lines.slice(0, max), `… and ${lines.length - max} more`] : lines;
}

function toEscape(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}
