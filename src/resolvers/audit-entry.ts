import { toAuditChanges } from '../domain/audit.ts';
import type { AuditEntry } from '../domain/audit.ts';
import type {
  AuditEntryConnectionResolvers,
  AuditEntryResolvers,
  AuditEntrySnapshotResolvers,
} from '../generated/schema.ts';
import { toEdges, toPageInfo } from '../queries/pagination.ts';

/** Resolves the fields of AuditEntry that the domain does not have. */
export const auditEntry = { changes: (entry) => toAuditChanges(entry) } satisfies AuditEntryResolvers;

const toAuditCursor = ({ id }: AuditEntry): string => id;

/** Resolves the fields of AuditEntryConnection that a page does not have. */
export const auditEntryConnection = {
  edges: (page) => toEdges(page, toAuditCursor),
  pageInfo: (page) => toPageInfo(page, toAuditCursor),
} satisfies AuditEntryConnectionResolvers;

/** Tells a snapshot of a pipeline from one of a stage. */
export const auditEntrySnapshot: AuditEntrySnapshotResolvers = { __resolveType: ({ __typename }) => __typename };
