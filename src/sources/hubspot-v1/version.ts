import type { ApiVersion } from '../upstream/rejection.ts';

/** The only version of the API, and when HubSpot stops serving it (announced 2026-08-14). */
export const apiVersion: ApiVersion = { name: 'v1', sunsetAt: '2026-12-04T00:00:00.000Z' };
