import type { z } from 'zod';
import { sandboxVariables } from '../../sandbox/settings.ts';
import { sourceSettings, sourceVariables } from '../sources/index.ts';
import type { SourceVariable } from '../sources/settings.ts';
import { gatewaySettings } from './config.ts';

/** An environment variable that changes something. */
export interface Setting {
  readonly name: string;
  readonly description: string;
  /** The text that means the same as leaving it out; null where there is none. */
  readonly fallback: string | null;
  readonly isSecret: boolean;
}

/** Every environment variable that the gateway reads, by what it is about. */
export const settings: Readonly<Record<'gateway' | 'sources' | 'sandbox', readonly Setting[]>> = {
  gateway: Object.entries(gatewaySettings.shape).map(([name, schema]) => toSetting(name, schema)),
  sources: sourceSettings.options.flatMap(({ shape }) =>
    sourceVariables[shape.kind.value].map((variable) => toSourceSetting(variable, shape, shape.kind.value)),
  ),
  sandbox: Object.entries(sandboxVariables.shape).map(([name, schema]) => toSetting(name, schema)),
};

function toSourceSetting(
  { name, path: [field = ''] }: SourceVariable,
  shape: Readonly<Record<string, z.ZodType>>,
  kind: string,
): Setting {
  const schema = shape[field];
  if (schema === undefined || field === 'credential') {
    return { name, description: 'The gateway’s own token for the API.', fallback: null, isSecret: true };
  }
  const setting = toSetting(name, schema);
  return field === 'name' ? { ...setting, fallback: kind } : setting;
}

function toSetting(name: string, schema: z.ZodType): Setting {
  return {
    name,
    description: schema.description ?? '',
    fallback: toText(schema.safeParse(undefined).data),
    isSecret: schema.meta()?.['secret'] === true,
  };
}

function toText(value: unknown): string | null {
  if (Array.isArray(value)) return value.join(',') || null;
  return ['string', 'number', 'boolean'].includes(typeof value) ? `${value as string | number | boolean}` : null;
}
