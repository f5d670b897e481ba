import type { Account, PipelineType } from './model.ts';
import { insertPipeline } from './store/pipelines.ts';
import { addRecords } from './store/records.ts';
import { insertStage } from './store/stages.ts';

interface SeedPipeline {
  readonly type: PipelineType;
  readonly name: string;
  readonly description: string;
  readonly stages: readonly { readonly name: string; readonly color: string; readonly records: number }[];
}

const seedPipelines: readonly SeedPipeline[] = [
  {
    type: 'Contact',
    name: 'Contacts',
    description: 'From first contact to a signed contract',
    stages: [
      { name: 'New Lead', color: '#3B82F6', records: 3 },
      { name: 'Qualified Lead', color: '#10B981', records: 2 },
      { name: 'Won', color: '#F59E0B', records: 1 },
      { name: 'Lost', color: '#EF4444', records: 0 },
    ],
  },
  {
    type: 'Application',
    name: 'Applications',
    description: 'From submission to decision',
    stages: [
      { name: 'Submitted', color: '#6366F1', records: 2 },
      { name: 'In Review', color: '#F59E0B', records: 1 },
      { name: 'Approved', color: '#10B981', records: 0 },
    ],
  },
];

/** Fills a new organization with one default pipeline for each type and a few records that are in stages. */
export function seedAccount(account: Account, idFor: (name: string) => string): void {
  for (const { type, name, description, stages } of seedPipelines) {
    const id = idFor(type);
    insertPipeline(account, { id, name, description, type, isDefault: 1 });
    for (const [position, { records, ...stage }] of stages.entries()) {
      const stageId = idFor(`${type}/${position}`);
      insertStage(account, id, { ...stage, id: stageId, position });
      const recordIds = Array.from({ length: records }, (_, index) => idFor(`${type}/${position}/${index}`));
      addRecords(account, type, stageId, recordIds);
    }
  }
}
