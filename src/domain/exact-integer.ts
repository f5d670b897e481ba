/** An integer that an upstream sent as a JSON number too large for JavaScript's own, which would round it. */
export class ExactInteger {
  /** In decimal, as the upstream wrote them; with a sign if it is negative. */
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }

  /** Text to every client, because most JSON readers would round the number too. */
  toJSON(): string {
    return this.digits;
  }
}

/** JSON in which every {@link ExactInteger} is the number that JavaScript rounds it to. */
export function printRounded(value: unknown): string {
  const text = JSON.stringify(value);
  return /"-?\d{16}/.test(text) ? JSON.stringify(value, round) : text;
}

function round(this: Readonly<Record<string, unknown>>, name: string, printed: unknown): unknown {
  const value = this[name];
  return value instanceof ExactInteger ? Number(value.digits) : printed;
}
