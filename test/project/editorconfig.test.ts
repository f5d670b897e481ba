import { expect, test } from 'vitest';
import { readFile } from '../support/documentation.ts';

test('editors keep to what the formatter wants', () => {
  const { printWidth, overrides } = JSON.parse(readFile('.prettierrc.json'));
  const sections = readFile('.editorconfig').split(/^\[(.*)\]$/m);
  const readSection = (glob: string) =>
    Object.fromEntries(
      (sections[sections.indexOf(glob) + 1] ?? '').matchAll(/^(\w+) = (.*)$/gm).map((pair) => pair.slice(1)),
    );
  expect(readSection('*')).toEqual({
    charset: 'utf-8',
    end_of_line: 'lf',
    indent_style: 'space',
    indent_size: '2',
    insert_final_newline: 'true',
    max_line_length: `${printWidth}`,
    trim_trailing_whitespace: 'true',
  });
  for (const { files, options } of overrides) {
    expect(readSection(files)).toEqual({ max_line_length: `${options.printWidth}` });
  }
});
