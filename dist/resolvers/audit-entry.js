import { toAuditChanges } from '../audit.js';
import { toEdges, toPageInfo } from '../connection.js';
export const auditEntry = { changes: (entry) => toAuditChanges(entry) };
const toAuditCursor = ({ id }) => id;
export const auditEntryConnection = {
  edges: (page) => toEdges(page, toAuditCursor),
  pageInfo: (page) => toPageInfo(page, toAuditCursor),
};
export const auditEntrySnapshot = { __resolveType: ({ __typename }) => __typename };
