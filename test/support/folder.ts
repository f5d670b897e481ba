import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder of the tests' own. */
interface TestFolder {
  readonly path: string;
  /** The path of a new file: a text as it is, anything else as JSON. */
  write(content: unknown): string;
}

/** Makes one, which goes when the last of the tests beside it is over. */
export function useFolder(): TestFolder {
  const path = mkdtempSync(join(tmpdir(), 'pipeline-gateway-'));
  let files = 0;
  afterAll(() => rmSync(path, { recursive: true }));
  return {
    path,
    write(content) {
      const file = join(path, `${(files += 1)}.json`);
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
      return file;
    },
  };
}
