import { toEdges, toPageInfo } from '../connection.js';
import { toPipelineCursor } from '../pipeline-listing.js';
export const pipelineConnection = {
  edges: (page) => toEdges(page, toPipelineCursor),
  pageInfo: (page) => toPageInfo(page, toPipelineCursor),
};
