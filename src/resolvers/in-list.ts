import type { GraphQLResolveInfo } from 'graphql';

/** Whether a field is asked of each of a list of pipelines, so that one that lacks it is no reason for an error. */
export function isInList({ path }: GraphQLResolveInfo): boolean {
  for (let at: typeof path.prev = path; at !== undefined; at = at.prev) {
    if (at.typename === 'PipelineConnection') return true;
  }
  return false;
}
