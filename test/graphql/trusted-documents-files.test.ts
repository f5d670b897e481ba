import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configProblems } from '../support/config-problems.ts';
import { useFolder } from '../support/folder.ts';
import { ask, startTestGateway } from '../support/gateway.ts';
import type { TestGateway } from '../support/gateway.ts';

const folder = useFolder();
const toText = (name: string) => `query ${name} { ${name}: __typename }`;
const format = 'apollo-persisted-query-manifest';

describe('manifests that cannot be used', () => {
  const problemsOf = (...contents: unknown[]) => {
    const files = contents.map((content) => folder.write(content));
    const problems = configProblems({ GATEWAY_OPERATIONS: 'only', GATEWAY_OPERATIONS_FILE: files.join(',') });
    return problems.map((problem) =>
      files.reduce((text, file, index) => text.replaceAll(file, `#${index + 1}`), problem),
    );
  };

  test('a start names everything that is wrong, in every file', () => {
    const hash = `sha256:${'0'.repeat(64)}`;
    expect(
      problemsOf(
        '{',
        [],
        { a: 1, b: toText('b'), c: null, [hash]: toText('d') },
        { format: 'another', version: 1, operations: [] },
        { format, version: 2, operations: [] },
        {
          format,
          version: 1,
          operations: [{ id: 'x' }, { id: 'y', body: toText('y') }, null, { id: 'b', body: toText('x') }],
        },
      ),
    ).toEqual(
      [
        '#1: the file is not JSON',
        `#2: must be an object of texts by their ids, or of the format ${format}`,
        `#3: must be an object of texts by their ids, or of the format ${format}; of "a", "c" there is no text`,
        `#3: "${hash}" is not the hash of its text`,
        `#4: must be of the format ${format}, version 1, with a list of operations`,
        `#5: must be of the format ${format}, version 1, with a list of operations`,
        '#6: operation 1 of 4 must have an id and a body',
        '#6: operation 3 of 4 must have an id and a body',
        '#6: "b" has another text before',
      ].map((problem) => `GATEWAY_OPERATIONS_FILE: ${problem}`),
    );
  });

  test('a folder without manifests and a file that is not there are named', () => {
    const empty = mkdtempSync(join(folder.path, 'empty-'));
    expect(configProblems({ GATEWAY_OPERATIONS: 'only', GATEWAY_OPERATIONS_FILE: `${empty}, /nowhere.json` })).toEqual([
      `GATEWAY_OPERATIONS_FILE: ${empty}: the folder has no file that ends with .json`,
      'GATEWAY_OPERATIONS_FILE: /nowhere.json: the file cannot be read',
    ]);
  });

  test('the same operation may be in two manifests', () => {
    expect(problemsOf({ a: toText('a') }, { a: toText('a'), b: toText('a') })).toEqual([]);
  });
});

describe('manifests that change', () => {
  let gateway: TestGateway;
  /** Named by its folder, which is mounted as Kubernetes mounts it: files are links into a folder that is replaced. */
  let mounted: string;
  let file: string;

  beforeAll(async () => {
    file = folder.write({ alone: toText('alone') });
    mounted = mkdtempSync(join(folder.path, 'mounted-'));
    mount({ first: toText('first') });
    symlinkSync(join('..data', 'board.json'), join(mounted, 'board.json'));
    gateway = await startTestGateway({
      env: { GATEWAY_OPERATIONS: 'only', GATEWAY_OPERATIONS_FILE: `${file},${mounted}` },
    });
  });
  afterAll(() => gateway.close());

  function mount(manifest: unknown): void {
    const data = mkdtempSync(join(mounted, '..version-'));
    writeFileSync(join(data, 'board.json'), JSON.stringify(manifest));
    symlinkSync(data, join(mounted, '..new'));
    renameSync(join(mounted, '..new'), join(mounted, '..data'));
  }
  const knows = async (id: string) => (await ask(gateway.url, { documentId: id })).errors === undefined;
  const linesOf = (message: string) =>
    gateway.logLines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === message);
  const soon = { timeout: 20_000 };

  test(
    'what a file, a mounted folder and a new file of it hold is taken without a restart',
    { timeout: 60_000 },
    async () => {
      expect([await knows('alone'), await knows('first'), await knows('second')]).toEqual([true, true, false]);
      mount({ second: toText('second') });
      await expect.poll(() => knows('second'), soon).toBe(true);
      expect([await knows('alone'), await knows('first')]).toEqual([true, false]);
      writeFileSync(file, JSON.stringify({ alone: toText('alone'), third: toText('third') }));
      writeFileSync(
        join(mounted, 'more.json'),
        JSON.stringify({ format, version: 1, operations: [{ id: 'fourth', body: toText('fourth') }] }),
      );
      await expect.poll(async () => [await knows('third'), await knows('fourth')], soon).toEqual([true, true]);
      // The text that is no longer listed is no longer taken either.
      expect((await gateway.ask(toText('second'))).errors).toBeUndefined();
      expect((await gateway.ask(toText('first'))).errors).toBeDefined();
    },
  );

  test(
    'operations that cannot be used change nothing and make one line, until they are mended',
    { timeout: 60_000 },
    async () => {
      const message = 'changed operations cannot be used';
      writeFileSync(file, '{ "half": "que');
      mkdirSync(join(mounted, 'wrong.json'));
      await expect.poll(() => linesOf(message).length, soon).toBeGreaterThan(0);
      expect(linesOf(message).at(-1)).toMatchObject({
        level: 50,
        problems: [`${file}: the file is not JSON`, `${join(mounted, 'wrong.json')}: the file cannot be read`],
      });
      expect([await knows('alone'), await knows('third'), await knows('second')]).toEqual([true, true, true]);
      rmSync(join(mounted, 'wrong.json'), { recursive: true });
      writeFileSync(file, JSON.stringify({ mended: toText('mended') }));
      await expect.poll(() => knows('mended'), soon).toBe(true);
      expect(await knows('third')).toBe(false);
      expect(linesOf(message)).toHaveLength(1);
    },
  );
});
