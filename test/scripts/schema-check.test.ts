import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findSchemaBreaks } from '../../scripts/schema-breaks.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const whole = readFileSync(join(root, 'schema.graphql'), 'utf8');
/** Without the descriptions of one line, so that what is next to each other in the schema is so in the text. */
const printed = whole.replaceAll(/^ *"[^"\n].*"\n/gm, '');

describe('changes of the schema', () => {
  test.each<[string, string, string, string]>([
    ['a field goes', '  isDefault: Boolean\n  archived', '  archived', 'Pipeline.isDefault'],
    ['a field may be null now', '  outcome: StageOutcome!', '  outcome: StageOutcome', 'Stage.outcome'],
    ['a value goes', '  WON\n', '', 'StageOutcome.WON'],
    [
      'an argument is wanted now',
      'pipelineSource(\n    name: String!\n',
      'pipelineSource(\n    name: String!\n    kind: ID!\n',
      'Query.pipelineSource.kind',
    ],
    [
      'an input field is wanted now',
      '  pipelineIds: [String!]',
      '  pipelineIds: [String!]!',
      'PipelineFilter.pipelineIds',
    ],
    [
      'a key goes',
      ' @key(fields: "sourceName objectType stageId")',
      '',
      'Stage @key(fields: "sourceName objectType stageId")',
    ],
    ['a key changes', '@key(fields: "name")', '@key(fields: "name kind")', 'PipelineSource @key(fields: "name")'],
    ['a type cannot be shared any more', 'PageInfo @shareable', 'PageInfo', 'PageInfo @shareable'],
  ])('a change of the schema breaks clients or routers: %s', async (_, before, after, path) => {
    expect(printed).toContain(before);
    const breaks = await findSchemaBreaks(printed, printed.replace(before, after));
    expect(breaks.map((change) => change.path)).toEqual([path]);
  });

  test.each<[string, string, string]>([
    ['a field comes', 'type PageInfo @shareable {', 'type PageInfo @shareable {\n  pageCount: Int'],
    [
      'an argument that may be left out comes',
      'pipelineSource(\n    name: String!\n',
      'pipelineSource(\n    name: String!\n    kind: ID\n',
    ],
    ['a cost changes', '@cost(weight: 20)', '@cost(weight: 30)'],
    [
      'the keys change places',
      '@key(fields: "id") @key(fields: "sourceName objectType stageId")',
      '@key(fields: "sourceName objectType stageId") @key(fields: "id")',
    ],
  ])('a change of the schema breaks nobody: %s', async (_, before, after) => {
    expect(printed).toContain(before);
    expect(await findSchemaBreaks(printed, printed.replace(before, after))).toEqual([]);
  });
});

test('a change of the schema breaks nobody: a description changes', async () => {
  const changed = whole.replace('"What a careful administrator would remark."', '"In the order shown."');
  expect(changed).not.toBe(whole);
  expect(await findSchemaBreaks(whole, changed)).toEqual([]);
});

describe('npm run schema:check', () => {
  let project: string;

  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), 'schema-check-'));
    for (const part of ['schema', 'src', 'scripts', 'schema.graphql', 'schema.client.graphql', 'package.json']) {
      cpSync(join(root, part), join(project, part), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
    git('init', '--initial-branch=main');
    commit();
  });
  afterAll(() => rmSync(project, { recursive: true }));

  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd: project });
  const commit = () => git('add', '--all') && git('commit', '--message=A change');
  const edit = (file: string, before: string, after: string) => {
    const text = readFileSync(join(project, file), 'utf8');
    expect(text).toContain(before);
    writeFileSync(join(project, file), text.replace(before, after));
  };
  /** What the script complains of; empty where it is content. */
  const run = (script: string, cwdOrFlag = project) =>
    new Promise<string>((resolve) => {
      const isFlag = cwdOrFlag.startsWith('--');
      const command = [join('scripts', script), ...(isFlag ? [cwdOrFlag] : [])];
      execFile(process.execPath, command, { cwd: isFlag ? project : cwdOrFlag }, (error, _, stderr) =>
        resolve(error === null ? '' : stderr),
      );
    });

  test('npm run schema:check fails from a breaking change on until it is marked as intended, and holds no mark longer than that', async () => {
    const description = '  "Whether new records go into it; null if the upstream does not tell."\n';
    edit('schema/pipeline.graphql', `${description}  isDefault: Boolean\n`, '');
    expect(await Promise.all([run('print-schema.ts', '--check'), run('check-schema.ts')])).toEqual([
      expect.stringContaining('npm run schema:print'),
      expect.stringMatching(/^- Pipeline\.isDefault: /),
    ]);

    // Printing and committing make the file fresh; the break stays one.
    expect(await run('print-schema.ts')).toBe('');
    commit();
    expect(await Promise.all([run('print-schema.ts', '--check'), run('check-schema.ts')])).toEqual([
      '',
      expect.stringMatching(/^- Pipeline\.isDefault: /),
    ]);

    edit('schema/intended-breaks.json', '{}', '{ "Pipeline.isDefault": "Nobody can say it." }');
    expect(await run('check-schema.ts')).toBe('');
    commit();

    edit('schema/pipeline.graphql', '  label: String!\n', '  label: String!\n  nickname: String\n');
    expect(await run('check-schema.ts')).toMatch(/^- Pipeline\.isDefault: .*nothing breaks there/);
    edit('schema/intended-breaks.json', '{ "Pipeline.isDefault": "Nobody can say it." }', '{}');
    expect(await run('check-schema.ts')).toBe('');
  }, 60_000);

  test('npm run schema:check fails in a shallow clone, and says why', async () => {
    await run('print-schema.ts');
    commit();
    const shallow = mkdtempSync(join(tmpdir(), 'schema-check-shallow-'));
    git('clone', '--quiet', '--depth=1', pathToFileURL(project).href, shallow);
    expect(await run('check-schema.ts', shallow)).toMatch(/^This clone is shallow.*git fetch --unshallow/);
    rmSync(shallow, { recursive: true });
  });
});
