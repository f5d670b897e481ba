import { expect, test } from 'vitest';
import { measureStructure } from '../../scripts/structure/figures.ts';
import { parseSourceFile } from '../../scripts/structure/source-file.ts';

test('the figures of the structure count rooms, floors, arrows and circles, with a circle as one floor', () => {
  const project = Object.entries({
    'src/main.ts': `import './a/a.ts';\nimport './b/b.ts';`,
    'src/a/a.ts': `import '../b/b.ts';\nimport '../c/c.ts';`,
    'src/b/b.ts': `import '../c/c.ts';`,
    'src/c/c.ts': `import type {} from '../b/b.ts';\nimport '../generated/enums.ts';`,
    'src/generated/enums.ts': '',
    'src/c/alone.ts': `const grow = () => {\n};`,
    'test/a.test.ts': `import '../src/a/a.ts';`,
  }).map(([path, text]) => parseSourceFile(path, text));
  const figures = Object.fromEntries(measureStructure(project, { looseFiles: [], rooms: [] }));
  expect(figures).toMatchObject({
    'files written by hand': '5',
    rooms: '5',
    'floors: the longest chain of rooms': '4',
    'arrows between rooms': '7',
    'arrows between files': '7',
    'circles of files': '1 (of 2)',
    'circles of rooms': '1 (of 2)',
    'loose files in src/': '1',
    'functions over 40 lines': '0 of 1',
    'longest function': 'grow in src/c/alone.ts, 2 lines',
  });
});
