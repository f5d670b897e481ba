import type { PipelineKey } from '../../domain/ids.ts';
import { readHubSpotRateLimits } from '../hubspot-api/rate-limits.ts';
import { readHubSpotRejection } from '../hubspot-api/rejection.ts';
import { hubSpotRetryPolicy } from '../hubspot-api/retry-policy.ts';
import type { PathSegment } from '../upstream/transport.ts';
import { createUpstream } from '../upstream/upstream.ts';
import type { Upstream, UpstreamOptions } from '../upstream/upstream.ts';
import type { HubSpotV1Settings } from './settings.ts';
import { apiVersion } from './version.ts';

/** What the parts of a v1 source share. */
export interface HubSpotV1Connection {
  readonly sourceName: string;
  readonly upstream: Upstream;
}

/** Connects to HubSpot's crm-pipelines v1 API. */
export function connectToHubSpotV1(settings: HubSpotV1Settings, options: UpstreamOptions): HubSpotV1Connection {
  const { name: sourceName, url: baseUrl, objectTypes, rateLimits } = settings;
  const upstream = createUpstream(
    {
      sourceName,
      baseUrl,
      apiVersion,
      readRejection: readHubSpotRejection,
      retryPolicy: hubSpotRetryPolicy,
      probe: { path: toListPath(objectTypes[0] ?? '') },
      readRateLimits: readHubSpotRateLimits,
      rateLimits,
    },
    options,
  );
  return { sourceName, upstream };
}

/** Where the pipelines of an object type are. */
export function toListPath(objectType: string): readonly PathSegment[] {
  return ['crm-pipelines', 'v1', 'pipelines', { objectType }];
}

/** Where a pipeline is. */
export function toPipelinePath({ objectType, pipelineId }: PipelineKey): readonly PathSegment[] {
  return [...toListPath(objectType), { pipelineId }];
}
