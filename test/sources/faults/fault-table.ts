import { readFile, readTable } from '../../support/documentation.ts';

/** What docs/faults.md promises of a read. */
interface ReadPromise {
  readonly cold: string;
  readonly warm: string;
  readonly sent: number;
}

/** What docs/faults.md promises of a write. */
interface WritePromise {
  readonly answer: string;
  readonly mayHaveHappened: boolean;
  readonly hasHappened: boolean;
  readonly sent: number;
}

const page = readFile('docs/faults.md');

/** The rows of the table below a heading, each by its columns' names. */
function readRows(heading: string): readonly Readonly<Record<string, string>>[] {
  const [head = [], ...rows] = readTable(page, `## ${heading}`);
  return rows.map((cells) =>
    Object.fromEntries(head.map((name, at) => [name.replaceAll('`', ''), cells[at]?.replaceAll('`', '') ?? ''])),
  );
}

/** The one row for a fault and an operation: a row that names the operation comes before one for all. */
function findRow(heading: string, fault: string, operation: string): Readonly<Record<string, string>> {
  const rows = readRows(heading).filter((row) => row['Fault'] === fault);
  const named = rows.filter((row) => row['Operations']?.split(', ').includes(operation));
  const [row, ...others] = named.length > 0 ? named : rows.filter((each) => each['Operations'] === 'all');
  if (row === undefined || others.length > 0)
    throw new Error(`docs/faults.md: ${rows.length} rows for ${operation}, ${fault}`);
  return row;
}

/** What is promised of a read. */
export function readPromise(fault: string, operation: string): ReadPromise {
  const row = findRow('Reads', fault, operation);
  const cold = row['Nothing kept'] ?? '';
  return { cold, warm: operation === 'audit' ? cold : (row['Kept before'] ?? ''), sent: Number(row['Sent']) };
}

/** What is promised of a write. */
export function writePromise(fault: string, operation: string): WritePromise {
  const row = findRow('Writes', fault, operation);
  return {
    answer: row['Answer'] ?? '',
    mayHaveHappened: row['mayHaveBeenApplied'] === 'true',
    hasHappened: row['Happened'] === 'yes',
    sent: Number(row['Sent']),
  };
}

/** Every fault that the page has rows for. */
export function documentedFaults(): ReadonlySet<string> {
  return new Set(['Reads', 'Writes'].flatMap((heading) => readRows(heading).map((row) => row['Fault'] ?? '')));
}
