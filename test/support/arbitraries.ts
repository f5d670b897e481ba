import fc from 'fast-check';

/** An object type of a source, with what its stages' metadata can be. */
export interface TestCollection {
  readonly sourceName: string;
  readonly objectType: 'deals' | 'tickets' | 'Contact';
  readonly meta: fc.Arbitrary<object>;
}

/** The deals of the source `hubspot`. */
export const hubSpotDeals: TestCollection = {
  sourceName: 'hubspot',
  objectType: 'deals',
  meta: fc.record({ probability: fc.integer({ min: 0, max: 20 }).map((n) => n / 20) }),
};

/** The collections of the sandbox whose pipelines can be replaced, with what their stages' metadata can be. */
export const collections: readonly TestCollection[] = [
  hubSpotDeals,
  { sourceName: 'hubspot', objectType: 'tickets', meta: fc.record({ ticketState: fc.constantFrom('OPEN', 'CLOSED') }) },
  {
    sourceName: 'hubspot-v1',
    objectType: 'deals',
    meta: fc.record({ probability: fc.integer({ min: 0, max: 10 }).map((n) => n / 10) }),
  },
  {
    sourceName: 'organization',
    objectType: 'Contact',
    meta: fc.record({ color: fc.constantFrom('#112233', '#AABBCC') }),
  },
];

/** Labels that differ in more than case and outer spaces. */
const distinctLabels = (size: { minLength: number; maxLength: number }) =>
  fc.uniqueArray(fc.stringMatching(/^[A-Za-z][A-Za-z0-9 é-]{0,18}[a-z0-9]$/), {
    ...size,
    selector: (label) => label.trim().toLowerCase(),
  });

/** A list of stages that the collection accepts. */
export function stageLists({ objectType, meta }: TestCollection) {
  return distinctLabels({ minLength: 1, maxLength: 6 }).chain((labels) =>
    fc.array(meta, { minLength: labels.length, maxLength: labels.length }).map((metas) =>
      labels.map((label, index) => ({
        label,
        meta: objectType === 'tickets' && index === 0 ? { ticketState: 'CLOSED' } : metas[index],
      })),
    ),
  );
}
