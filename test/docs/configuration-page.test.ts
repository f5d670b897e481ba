import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { readConfig } from '../../src/config/config.ts';
import { settings } from '../../src/config/variables.ts';
import { sourceSettings } from '../../src/sources/index.ts';
import { readFile, readTable } from '../support/documentation.ts';
import { useFolder } from '../support/folder.ts';
import { startTestGateway } from '../support/gateway.ts';

const page = readFile('docs/configuration.md');
const folder = useFolder();

/** The blocks of code of one language. */
function readBlocks(language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, text]) => text ?? '');
}

const code = (text: string | null) => (text === null ? '' : `\`${text}\``);

describe('the tables of the settings', () => {
  test.each([
    ['### The gateway', settings.gateway],
    ['### Sources by variables', settings.sources],
    ['### The sandbox', settings.sandbox],
  ])('the table of %s has every variable as the gateway reads it', (heading, group) => {
    expect(readTable(page, heading).slice(1)).toEqual(
      group.map(({ name, description, fallback }) => [code(name), code(fallback), description]),
    );
  });

  test('the table of a source’s fields has every field of every kind', () => {
    const fields = sourceSettings.options.flatMap(({ shape }) =>
      Object.entries<z.ZodType>(shape).map(([name, schema]) => ({
        kind: shape.kind.value,
        name,
        fallback: schema.safeParse(undefined).data,
        description: schema.description,
      })),
    );
    const rows = Map.groupBy(fields, ({ name, fallback, description }) =>
      JSON.stringify([name, fallback, description]),
    );
    expect(new Set(readTable(page, '## Sources').slice(1))).toEqual(
      new Set(
        [...rows.values()].map((group) => [
          code(group[0]!.name),
          group.length === sourceSettings.options.length ? 'all' : group.map(({ kind }) => code(kind)).join(', '),
          code(group[0]!.fallback === undefined ? null : JSON.stringify(group[0]!.fallback)),
          group[0]!.description ?? '',
        ]),
      ),
    );
  });
});

describe('the examples', () => {
  const [sourcesFile = ''] = readBlocks('json');
  const path = folder.write(sourcesFile);
  /** Files that an example names are not there. */
  const files = { GATEWAY_SOURCES: path, GATEWAY_OPERATIONS_FILE: folder.write({}) };

  test.each(readBlocks('dotenv'))('an example is a configuration that starts: %s', (text) => {
    const env = parseEnv(text);
    const named = Object.entries(files).filter(([name]) => env[name] !== undefined);
    const config = readConfig({ ...env, ...Object.fromEntries(named) });
    expect(config.sandbox === null).toBe(env['GATEWAY_SOURCES'] !== undefined || env['HUBSPOT_TOKEN'] !== undefined);
  });

  test('the example’s file of sources serves all three, the last one with the caller’s own token', async () => {
    const tokens = { HUBSPOT_PRODUCTION_TOKEN: 'production', HUBSPOT_SANDBOX_TOKEN: 'sandbox' };
    const { sources } = readConfig({ GATEWAY_SOURCES: path, ...tokens });
    const gateway = await startTestGateway({ sources: (url) => sources.map((source) => ({ ...source, url })) });
    const query = '{ pipelines { nodes { sourceName objectType } failures { sourceName code } } }';
    const [without, withToken] = [
      await gateway.ask(query),
      await gateway.ask(query, {}, { 'x-hubspot-token': 'partner' }),
    ];
    await gateway.close();
    const served = (answer: typeof without) => [
      ...new Set(answer.data.pipelines.nodes.map((node: { sourceName: string }) => node.sourceName)),
    ];
    expect(served(without)).toEqual(['production', 'sandbox']);
    expect(without.data.pipelines.failures).toContainEqual({ sourceName: 'partner', code: 'UPSTREAM_UNAUTHENTICATED' });
    expect(served(withToken)).toEqual(['production', 'sandbox', 'partner']);
    expect(withToken.data.pipelines.failures).toEqual([]);
  });
});
