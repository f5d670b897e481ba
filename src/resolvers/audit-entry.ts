import { toAuditChanges } from '../domain/audit.ts';
import type { AuditEntry } from '../domain/audit.ts';
import type {
  AuditEntryConnectionResolvers,
  AuditEntryResolvers,
  AuditEntrySnapshotResolvers,
} from '../generated/schema.ts';
import { toEdges, toPageInfo } from '../queries/pagination.ts';

export const auditEntry = { changes: (entry) => toAuditChanges(entry) } satisfies AuditEntryResolvers;

const toAuditCursor = ({ id }: AuditEntry): string => id;

export const auditEntryConnection = {
  edges: (page) => toEdges(page, toAuditCursor),
  pageInfo: (page) => toPageInfo(page, toAuditCursor),
} satisfies AuditEntryConnectionResolvers;

export const auditEntrySnapshot: AuditEntrySnapshotResolvers = { __resolveType: ({ __typename }) => __typename };
