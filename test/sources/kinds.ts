import { sourceSettings } from '../../src/sources/index.ts';
import type { SourceSettings } from '../../src/sources/index.ts';
import { salesStageLabels } from '../support/seed.ts';

/** What the contract suite needs to know of a kind of source; everything else must be the same for all. */
export interface Kind {
  readonly title: string;
  readonly settings: { readonly kind: SourceSettings['kind']; readonly apiVersion?: string };
  readonly apiVersion: string;
  readonly sunsetAt: string | null;
  readonly objectType: string;
  /** The pipeline that a new account has. */
  readonly seeded: { readonly label: string; readonly stageLabels: readonly string[] };
  /** Metadata as input, three times different, and as a query answers it. */
  readonly metas: readonly [Meta, Meta, Meta];
  readonly badMeta: { readonly input: object; readonly field: string };
  readonly maxLabelLength: number;
  readonly maxStages: number | null;
  /** Whether a create may choose ids. */
  readonly choosesIds: boolean;
  readonly hasDisplayOrder: boolean;
  readonly hasUpdatedAt: boolean;
  readonly canMoveRecords: boolean;
  readonly canReadAudit: boolean;
  /** Whether what is archived is still there, so that it is found by its id. */
  readonly showsArchived: boolean;
  readonly checksReferences: { readonly ofPipeline: boolean; readonly ofStage: boolean };
  /** How a pipeline that records are in refuses to be archived; null where the upstream cannot be asked. */
  readonly inUse: { readonly namesStages: boolean } | null;
  /** The write that patches a pipeline. */
  readonly patchMethod: string;
  /** A read's answer with a pipeline that has no label, and the labels of those that are fine. */
  readonly drifted: { readonly body: object; readonly served: readonly string[] };
  readonly namesScopes: boolean;
}

interface Meta {
  readonly input: object;
  readonly output: object;
}

const deal = (probability: number): Meta => ({
  input: { probability },
  output: { __typename: 'DealStageMeta', probability },
});
const colored = (color: string): Meta => ({ input: { color }, output: { __typename: 'OrganizationStageMeta', color } });

const hubSpot: Omit<Kind, 'title' | 'settings' | 'apiVersion'> = {
  sunsetAt: null,
  objectType: 'deals',
  seeded: { label: 'Sales Pipeline', stageLabels: salesStageLabels },
  metas: [deal(0.25), deal(0.5), deal(1)],
  badMeta: { input: { probability: 1.5 }, field: 'probability' },
  maxLabelLength: 255,
  maxStages: 100,
  choosesIds: true,
  hasDisplayOrder: true,
  hasUpdatedAt: true,
  canMoveRecords: false,
  canReadAudit: true,
  showsArchived: false,
  checksReferences: { ofPipeline: true, ofStage: true },
  inUse: { namesStages: true },
  patchMethod: 'PATCH',
  drifted: {
    body: { results: [{ id: 'nameless' }, { id: 'fine', label: 'Fine', displayOrder: 1, stages: [] }] },
    served: ['Fine'],
  },
  namesScopes: true,
};

/** Every kind of source, and HubSpot in every version of its API. */
export const kinds: readonly Kind[] = [
  { ...hubSpot, title: 'hubspot 2026-09', settings: { kind: 'hubspot' }, apiVersion: '2026-09' },
  { ...hubSpot, title: 'hubspot 2026-03', settings: hubSpotAt('2026-03'), apiVersion: '2026-03' },
  { ...hubSpot, title: 'hubspot v3', settings: hubSpotAt('v3'), apiVersion: 'v3' },
  {
    ...hubSpot,
    title: 'hubspot-v1',
    settings: { kind: 'hubspot-v1' },
    apiVersion: 'v1',
    sunsetAt: '2026-12-04T00:00:00.000Z',
    metas: [deal(0.2), deal(0.5), deal(1)],
    maxLabelLength: 36,
    canReadAudit: false,
    showsArchived: true,
    checksReferences: { ofPipeline: false, ofStage: false },
    inUse: null,
    patchMethod: 'PUT',
    drifted: {
      body: {
        results: [
          { pipelineId: 'nameless', stages: [] },
          { pipelineId: 'fine', label: 'Fine', stages: [] },
        ],
      },
      served: ['Fine'],
    },
  },
  {
    title: 'organization',
    settings: { kind: 'organization' },
    apiVersion: '1',
    sunsetAt: null,
    objectType: 'Contact',
    seeded: { label: 'Contacts', stageLabels: ['New Lead', 'Qualified Lead', 'Won', 'Lost'] },
    metas: [colored('#112233'), colored('#445566'), colored('#778899')],
    badMeta: { input: { color: 'red' }, field: 'color' },
    maxLabelLength: 255,
    maxStages: null,
    choosesIds: false,
    hasDisplayOrder: false,
    hasUpdatedAt: false,
    canMoveRecords: true,
    canReadAudit: false,
    showsArchived: false,
    checksReferences: { ofPipeline: true, ofStage: false },
    inUse: { namesStages: false },
    patchMethod: 'POST',
    drifted: { body: { _id: '64a000000000000000000001' }, served: [] },
    namesScopes: false,
  },
];

/** The one source of a test, at the sandbox. `more` are settings that only this test has. */
export function toSettings(settings: object, url: string, more: object = {}): SourceSettings {
  return sourceSettings.parse({ name: 'crm', url, credential: { mode: 'static', token }, ...settings, ...more });
}

/** The upstream token of the source under test, and so the sandbox account that it sees. */
export const token = 'contract-tests';

function hubSpotAt(apiVersion: string): Kind['settings'] {
  return { kind: 'hubspot', apiVersion };
}

/** The organization API’s kind, for what is its own. */
export const organization = kinds.find(({ title }) => title === 'organization')!;
