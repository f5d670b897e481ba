import { z } from 'zod';
import { isAddressable } from '../../domain/ids.ts';
import { commonSettings, kindDescription, objectTypeList, readNames, sourceUrl } from '../settings.ts';
import type { SourceVariable } from '../settings.ts';

const pipelineType = z.enum(['Contact', 'Application']);

const pipelineReference = z.strictObject({
  type: pipelineType,
  id: z.string().refine(isAddressable, 'must be the id of a pipeline'),
});

/** A connection to one instance of the organization API. */
export const organizationSettings = z
  .strictObject({
    ...commonSettings,
    kind: z.literal('organization').describe(kindDescription),
    url: sourceUrl.describe('Where the API listens.'),
    objectTypes: objectTypeList(pipelineType)
      .default(['Contact', 'Application'])
      .describe('The object types whose pipelines are served.'),
    pipelineIds: z
      .array(pipelineReference)
      .default([])
      .describe(
        'Pipelines to list beside the default ones, as the API has no list call: `{"type", "id"}` each, in the variable `Contact:<id>,Application:<id>`.',
      ),
  })
  .refine(({ objectTypes, pipelineIds }) => pipelineIds.every(({ type }) => objectTypes.includes(type)), {
    path: ['pipelineIds'],
    error: "must be of the source's object types",
  });
/** The checked settings of one source. */
export type OrganizationSettings = z.infer<typeof organizationSettings>;

/** The variables that configure the source named `organization`, unless one of them names it. */
export const organizationVariables: readonly SourceVariable[] = [
  { name: 'ORGANIZATION_TOKEN', path: ['credential', 'token'] },
  { name: 'ORGANIZATION_NAME', path: ['name'] },
  { name: 'ORGANIZATION_URL', path: ['url'] },
  { name: 'ORGANIZATION_PIPELINE_IDS', path: ['pipelineIds'], read: readReferences },
];

/** `Contact:<id>,Application:<id>` as a list. */
function readReferences(text: string) {
  return readNames(text).map((reference) => {
    const [type, ...id] = reference.split(':');
    return { type, id: id.join(':') };
  });
}
