import { expect, test } from 'vitest';
import { sourceSettings } from '../../src/sources/index.ts';
import { kinds } from '../sources/kinds.ts';
import { readFile } from '../support/documentation.ts';

const page = readFile('docs/versioning.md');

/** The rows of the upstreams: kind, version, what is known of its end. */
const upstreams = [...page.matchAll(/^\| `([\w-]+)` +\| `([\w-]+)` +\| (.*?) +\|$/gm)].map(([, ...cells]) => cells);

test('docs/versioning.md has every kind and version that the gateway serves', () => {
  const versions = sourceSettings.options.flatMap(({ shape }) => {
    const kind = shape.kind.value;
    if (kind === 'hubspot') return ['v3', '2025-09', '2026-03', '2026-09'].map((version) => [kind, version]);
    return kinds.filter(({ settings }) => settings.kind === kind).map(({ apiVersion }) => [kind, apiVersion]);
  });
  expect(new Set(upstreams.map(([kind, version]) => `${kind} ${version}`))).toEqual(
    new Set(versions.map(([kind, version]) => `${kind} ${version}`)),
  );
});

test('docs/versioning.md has every end that a source names', () => {
  for (const { settings, apiVersion, sunsetAt } of kinds) {
    const [, , end = ''] = upstreams.find(([kind, version]) => kind === settings.kind && version === apiVersion) ?? [];
    const [, day = null] = /ends on (\d{4}-\d{2}-\d{2})/.exec(end) ?? [];
    expect(day).toBe(sunsetAt?.slice(0, 10) ?? null);
  }
});

test('docs/versioning.md, the package and the image agree on Node’s line', () => {
  const { engines, optionalDependencies } = JSON.parse(readFile('package.json'));
  const [, line = ''] = /runs on Node (\d+)/.exec(page) ?? [];
  expect(engines.node).toBe(`>=${line}`);
  expect(optionalDependencies.node).toMatch(new RegExp(`^${line}\\.`));
  expect(readFile('Dockerfile').match(/^FROM node:\d+/gm)).toEqual([`FROM node:${line}`, `FROM node:${line}`]);
});
