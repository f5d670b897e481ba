import type { PipelineConnectionResolvers } from '../generated/schema.ts';
import { toPipelineCursor } from '../queries/list-pipelines.ts';
import { toEdges, toPageInfo } from '../queries/pagination.ts';

/** Resolves the fields of PipelineConnection that a page does not have. */
export const pipelineConnection = {
  edges: (page) => toEdges(page, toPipelineCursor),
  pageInfo: (page) => toPageInfo(page, toPipelineCursor),
} satisfies PipelineConnectionResolvers;
