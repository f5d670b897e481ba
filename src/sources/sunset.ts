import type { PipelineSource } from './source.ts';

type Version = Pick<PipelineSource, 'name' | 'apiVersion' | 'sunsetAt'>;

/** How long before its end there is something to say of a version. */
const noticeMs = 90 * 24 * 60 * 60 * 1000;
/** The day that an upstream names is the last one. */
const dayMs = 24 * 60 * 60 * 1000;

/** A sentence about the end of a source's API version; null if the upstream names none, or it is more than 90 days away. */
export function describeSunset({ name, apiVersion, sunsetAt }: Version, now: Date): string | null {
  if (sunsetAt === null || Date.parse(sunsetAt) - now.getTime() > noticeMs) return null;
  const verb = hasEnded({ sunsetAt }, now) ? 'ended' : 'ends';
  return `Version ${apiVersion} of the API of source "${name}" ${verb} on ${toDay(sunsetAt)}.`;
}

/** Whether the last day of a source's API version is over. */
export function hasEnded({ sunsetAt }: Pick<Version, 'sunsetAt'>, now: Date): boolean {
  return sunsetAt !== null && now.getTime() >= Date.parse(sunsetAt) + dayMs;
}

/** When, in ms since 1970, there next is something else to say of the end of any of the versions; Infinity if never. */
export function findNextNotice(versions: readonly Pick<Version, 'sunsetAt'>[], now: Date): number {
  const moments = versions.flatMap(({ sunsetAt }) =>
    sunsetAt === null ? [] : [Date.parse(sunsetAt) - noticeMs, Date.parse(sunsetAt) + dayMs],
  );
  return Math.min(...moments.filter((moment) => moment > now.getTime()), Infinity);
}

function toDay(instant: string): string {
  return instant.slice(0, 10);
}
