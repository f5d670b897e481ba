import { expect, test } from 'vitest';
import type { House } from '../../scripts/structure/rooms.ts';
import { findViolations } from '../../scripts/structure/rules.ts';
import { parseSourceFile } from '../../scripts/structure/source-file.ts';

const house: House = {
  looseFiles: ['src/main.ts'],
  rooms: [
    { name: 'main.ts', paths: ['src/main.ts'] },
    { name: 'top', paths: ['src/top/'] },
    { name: 'middle', paths: ['src/middle/'] },
    { name: 'bottom', paths: ['src/bottom/', 'src/middle/base.ts'] },
    { name: 'private', paths: ['src/private/'], onlyFor: ['middle'] },
    { name: 'generated', paths: ['src/generated/'] },
    { name: 'sandbox', paths: ['sandbox/'], doors: ['sandbox/server.ts'] },
  ],
};

const sound = {
  'src/main.ts': `import { top } from './top/top.ts';\nimport { start } from '../sandbox/server.ts';\nstart(top);`,
  'src/top/top.ts': `import { middle } from '../middle/middle.ts';\n/** The top. */\nexport const top = middle;`,
  'src/middle/middle.ts': `import { bottom } from '../bottom/bottom.ts';\n/** The middle. */\nexport const middle = bottom;`,
  'src/middle/base.ts': `import type { Bottom } from '../bottom/bottom.ts';\nconst base: Bottom = 1;\nvoid base;`,
  'src/bottom/bottom.ts': `/** A number. */\nexport type Bottom = number;\n/** The bottom. */\nexport const bottom: Bottom = 1;`,
  'src/private/private.ts': '',
  'src/generated/enums.ts': 'export const unused = 1;',
  'sandbox/server.ts': `import { log } from './log.ts';\n/** Starts it. */\nexport const start = log;`,
  'sandbox/log.ts': `/** Logs. */\nexport function log(line: unknown): void {\n  console.log(line);\n}`,
};

/** The lines of a check of the sound project with some files changed or added. */
function check(changes: Readonly<Record<string, string>>): readonly string[] {
  const files = Object.entries({ ...sound, ...changes }).map(([path, text]) => parseSourceFile(path, text));
  return findViolations(files, house).map(({ path, line, message }) => `${path}:${line}: ${message}`);
}

const lines = (count: number, line = 'void 0;'): string => `${line}\n`.repeat(count);
const words = (count: number): string => Array.from({ length: count }, () => 'word').join(' ');

test('the rules of the structure find nothing in a sound project', () => {
  expect(check({})).toEqual([]);
});

test.each<[string, Record<string, string>, string[]]>([
  ['a loose file in src/', { 'src/loose.ts': '' }, ['src/loose.ts:1: stands loose in src/']],
  [
    'a folder without a place in the order',
    { 'src/attic/box.ts': '' },
    ['src/attic/box.ts:1: is in no room of rooms.ts'],
  ],
  [
    'an import that goes up',
    { 'src/bottom/climb.ts': `\nimport { top } from '../top/top.ts';` },
    ['src/bottom/climb.ts:2: imports top from src/top/top.ts, which goes up from bottom to top'],
  ],
  [
    'a type import that goes up',
    { 'src/bottom/climb.ts': `import type { middle } from '../middle/middle.ts';` },
    ['src/bottom/climb.ts:1: imports middle from src/middle/middle.ts, which goes up from bottom to middle'],
  ],
  [
    'a dynamic import that goes up',
    { 'src/bottom/climb.ts': `void import('../top/top.ts');` },
    ['src/bottom/climb.ts:1: imports * from src/top/top.ts, which goes up from bottom to top'],
  ],
  [
    'an import inside a type that goes up',
    { 'src/bottom/climb.ts': `let top: import('../top/top.ts').top;` },
    ['src/bottom/climb.ts:1: imports top from src/top/top.ts, which goes up from bottom to top'],
  ],
  [
    'an export that is passed on upwards',
    {
      'src/bottom/climb.ts': `export { top } from '../top/top.ts';`,
      'src/middle/user.ts': `import '../bottom/climb.ts';`,
    },
    [
      'src/bottom/climb.ts:1: imports top from src/top/top.ts, which goes up from bottom to top',
      'src/bottom/climb.ts:1: exports top, which no other file imports',
    ],
  ],
  [
    'a file of a lower room that imports the folder it stands in',
    { 'src/middle/base.ts': `import './middle.ts';\n${sound['src/middle/base.ts']}` },
    ['src/middle/base.ts:1: imports src/middle/middle.ts, which goes up from bottom to middle'],
  ],
  [
    'a sandbox that knows the gateway',
    { 'sandbox/log.ts': `import type { Bottom } from '../src/bottom/bottom.ts';\n${sound['sandbox/log.ts']}` },
    ['sandbox/log.ts:1: imports Bottom from src/bottom/bottom.ts, which goes up from sandbox to bottom'],
  ],
  [
    'an import of what is not delivered',
    { 'src/top/tested.ts': `import '../../test/support.ts';`, 'test/support.ts': '' },
    ['src/top/tested.ts:1: imports test/support.ts, which is not part of the product'],
  ],
  [
    'an import past the doors of a room',
    { 'src/top/burglar.ts': `import { log } from '../../sandbox/log.ts';` },
    ['src/top/burglar.ts:1: imports sandbox/log.ts, but sandbox is entered through sandbox/server.ts'],
  ],
  [
    'an import of a room that is not for everybody',
    {
      'src/top/guest.ts': `import '../private/private.ts';`,
      'src/middle/friend.ts': `import '../private/private.ts';`,
    },
    ['src/top/guest.ts:1: imports src/private/private.ts, but private is for middle only'],
  ],
  [
    'a circle of files, with types counted',
    {
      'src/top/a.ts': `import { b } from './b.ts';\n/** A. */\nexport type A = typeof b;`,
      'src/top/b.ts': `import './c.ts';\n/** B. */\nexport const b = 1;`,
      'src/top/c.ts': `import type { A } from './a.ts';`,
    },
    ['src/top/a.ts:1: is in a circle of 3 files: src/top/a.ts, src/top/b.ts, src/top/c.ts'],
  ],
  [
    'an export that nothing imports',
    { 'src/top/lonely.ts': `/** Lonely. */\nexport interface Lonely {}` },
    ['src/top/lonely.ts:2: exports Lonely, which no other file imports'],
  ],
  [
    'a value that only tests import, while a type may be',
    {
      'src/top/tried.ts': `/** Tried. */\nexport const tried = 1;\n/** What it takes. */\nexport type Options = {};`,
      'test/tried.test.ts': `import { tried } from '../src/top/tried.ts';\nimport type { Options } from '../src/top/tried.ts';`,
    },
    ['src/top/tried.ts:2: exports tried, which only tests import'],
  ],
  [
    'an export without a doc comment',
    {
      'src/top/silent.ts': `// Not a doc comment.\nexport class Silent {}`,
      'src/main.ts': `import * as all from './top/silent.ts';\n${sound['src/main.ts']}`,
    },
    ['src/top/silent.ts:2: exports Silent without a doc comment'],
  ],
  [
    'a long function, and the longer one round it',
    {
      'src/top/long.ts': `const outer = () => {\n  return {\n    inner() {\n${lines(39)}    },\n  };\n};\nfunction short() {\n${lines(38)}}`,
    },
    ['src/top/long.ts:1: outer has 45 lines, more than 40', 'src/top/long.ts:3: inner has 41 lines, more than 40'],
  ],
  ['a long file', { 'sandbox/long.ts': lines(251) }, ['sandbox/long.ts:1: has 251 lines, more than 250']],
  [
    'a long test file, which may have long functions',
    { 'test/long.test.ts': `(() => {\n${lines(399)}})();\n`, 'test/fits.test.ts': lines(400) },
    ['test/long.test.ts:1: has 401 lines, more than 400'],
  ],
  [
    'a long sentence of a doc comment',
    { 'src/top/long.ts': `/**\n * Short. ${words(20)}\n * ${words(6)}. Short.\n */\nconst top = 1;` },
    [`src/top/long.ts:1: has a sentence of 26 words, more than 25: ${words(8)}…`],
  ],
  [
    'a long sentence over two line comments',
    { 'src/top/long.ts': `// ${words(25)}.\n\n// ${words(20)}\n// ${words(6)}.` },
    [`src/top/long.ts:3: has a sentence of 26 words, more than 25: ${words(8)}…`],
  ],
])('the rules of the structure find %s', (_, changes, expected) => {
  expect(check(changes)).toEqual(expected);
});
