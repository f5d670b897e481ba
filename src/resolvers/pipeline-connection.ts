import { toEdges, toPageInfo } from '../connection.ts';
import type { PipelineConnectionResolvers } from '../generated/schema.ts';
import { toPipelineCursor } from '../pipeline-listing.ts';

export const pipelineConnection = {
  edges: (page) => toEdges(page, toPipelineCursor),
  pageInfo: (page) => toPageInfo(page, toPipelineCursor),
} satisfies PipelineConnectionResolvers;
