import { sourceSettings } from '../sources/index.ts';
import type { SourceSettings } from '../sources/index.ts';

/** The settings of one portal as v1 is read, and as the version after it is. */
export interface Pair {
  readonly v1: SourceSettings;
  readonly current: SourceSettings;
}

/**
 * The portals to compare. A source of v1 goes with the `hubspot` source of the same account, or with the only one if it is the only
 * one itself. One without such a partner is read with its own settings, as if its kind were changed. The same the other
 * way round if no source is of v1.
 */
export function pairSources(sources: readonly SourceSettings[]): readonly Pair[] {
  const old = sources.filter((settings) => isOf(settings, 'hubspot-v1'));
  const current = sources.filter((settings) => isOf(settings, 'hubspot'));
  if (old.length === 0) {
    return current.flatMap((settings) => {
      const v1 = withKind(settings, 'hubspot-v1');
      return v1 === null ? [] : [{ v1, current: settings }];
    });
  }
  return old.flatMap((v1) => {
    const partner = findPartner(v1, old, current) ?? withKind(v1, 'hubspot');
    return partner === null ? [] : [{ v1, current: partner }];
  });
}

function findPartner(
  { account }: SourceSettings,
  old: readonly SourceSettings[],
  current: readonly SourceSettings[],
): SourceSettings | null {
  const [first = null, ...others] = current.filter((candidate) => candidate.account === account);
  const isClear = account !== undefined || (old.length === 1 && current.length === 1);
  return isClear && others.length === 0 ? first : null;
}

/** Whether a source is of a kind; a gateway that is built without it has none such. */
export function isOf({ kind }: Pick<SourceSettings, 'kind'>, name: string): boolean {
  return kind === name;
}

const v1ObjectTypes: readonly string[] = ['deals', 'tickets'];

/** The same source as another kind; null if that kind has none of its object types. */
function withKind(settings: SourceSettings, kind: string): SourceSettings | null {
  const { name, url, credential, account, rateLimits } = settings;
  const objectTypes = settings.objectTypes.filter((objectType) => v1ObjectTypes.includes(objectType));
  if (objectTypes.length === 0) return null;
  return sourceSettings.parse({ name, url, credential, account, rateLimits, objectTypes, kind });
}
