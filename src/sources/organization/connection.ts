import type { RetryPolicy } from '../upstream/retry-policy.ts';
import { createUpstream } from '../upstream/upstream.ts';
import type { Upstream, UpstreamOptions } from '../upstream/upstream.ts';
import { readOrganizationRejection } from './rejection.ts';
import type { OrganizationSettings } from './settings.ts';

/** What the parts of an organization source share. */
export interface OrganizationConnection {
  readonly sourceName: string;
  readonly upstream: Upstream;
}

/** Where the API has what; the path of a create is not documented. */
export const paths = {
  pipelines: ['api', 'pipelines'],
  create: ['api', 'pipelines', 'create'],
  reassign: ['api', 'pipelines', 'stages', 'reassign'],
} as const;

/** The API documents no such status; a lock (423) or a move (477) before it is waited for as elsewhere. */
const retryPolicy: RetryPolicy = {
  delaysMs: new Map([
    [423, 2_000],
    [477, null],
  ]),
  lastingLimits: [],
};

/** Connects to one instance of the organization API. */
export function connectToOrganization(
  settings: OrganizationSettings,
  options: UpstreamOptions,
): OrganizationConnection {
  const { name: sourceName, url: baseUrl, objectTypes, rateLimits } = settings;
  const probe = { path: paths.pipelines, query: { type: objectTypes[0] ?? '' } };
  const apiVersion = { name: '1', sunsetAt: null };
  const readRejection = readOrganizationRejection;
  const upstream = createUpstream(
    { sourceName, baseUrl, apiVersion, readRejection, retryPolicy, probe, rateLimits },
    options,
  );
  return { sourceName, upstream };
}
