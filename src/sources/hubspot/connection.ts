import type { PipelineKey, StageKey } from '../../domain/ids.ts';
import { readHubSpotRateLimits } from '../hubspot-api/rate-limits.ts';
import { readHubSpotRejection } from '../hubspot-api/rejection.ts';
import { hubSpotRetryPolicy } from '../hubspot-api/retry-policy.ts';
import type { PathSegment } from '../upstream/transport.ts';
import { createUpstream } from '../upstream/upstream.ts';
import type { Upstream, UpstreamOptions } from '../upstream/upstream.ts';
import type { HubSpotSettings } from './settings.ts';
import { toPathPrefix } from './versions.ts';

/** What the parts of a HubSpot source share. */
export interface HubSpotConnection {
  readonly sourceName: string;
  readonly upstream: Upstream;
  readonly paths: HubSpotPaths;
}

/** Where HubSpot has what. */
interface HubSpotPaths {
  list(objectType: string): readonly PathSegment[];
  pipeline(key: PipelineKey): readonly PathSegment[];
  stage(key: StageKey): readonly PathSegment[];
}

/** Connects to HubSpot's API in the version that the settings name. */
export function connectToHubSpot(settings: HubSpotSettings, options: UpstreamOptions): HubSpotConnection {
  const { name: sourceName, url: baseUrl, apiVersion, objectTypes, rateLimits } = settings;
  const paths = toPaths(toPathPrefix(apiVersion));
  const upstream = createUpstream(
    {
      sourceName,
      baseUrl,
      apiVersion: { name: apiVersion, sunsetAt: null },
      readRejection: readHubSpotRejection,
      retryPolicy: hubSpotRetryPolicy,
      probe: { path: paths.list(objectTypes[0] ?? '') },
      readRateLimits: readHubSpotRateLimits,
      rateLimits,
    },
    options,
  );
  return { sourceName, upstream, paths };
}

function toPaths(prefix: readonly PathSegment[]): HubSpotPaths {
  const list: HubSpotPaths['list'] = (objectType) => [...prefix, { objectType }];
  const pipeline: HubSpotPaths['pipeline'] = ({ objectType, pipelineId }) => [...list(objectType), { pipelineId }];
  return { list, pipeline, stage: (key) => [...pipeline(key), 'stages', { stageId: key.stageId }] };
}
