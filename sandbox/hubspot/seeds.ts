import type { StoredPipeline, StoredStage } from './model.ts';

type SeedStage = readonly [id: string, label: string, metadata: Readonly<Record<string, string>>];

// What an account that nobody has edited holds. Deals and tickets: documented and observed in recorded answers. The
// object types that "start with one pipeline with UUID ids" and the eight lifecycle stages: HubSpot, observed 2026-10.
// The labels there and the UUIDs themselves are ours.
const deal = (probability: string): Record<string, string> => ({
  isClosed: String(probability === '1.0' || probability === '0.0'),
  probability,
});
const ticket = (ticketState: string): Record<string, string> => ({
  isClosed: String(ticketState === 'CLOSED'),
  ticketState,
});
const open = { isClosed: 'false' };

const lifecycleStages: readonly SeedStage[] = [
  ['subscriber', 'Subscriber', open],
  ['lead', 'Lead', open],
  ['marketingqualifiedlead', 'Marketing Qualified Lead', open],
  ['salesqualifiedlead', 'Sales Qualified Lead', open],
  ['opportunity', 'Opportunity', open],
  ['customer', 'Customer', open],
  ['evangelist', 'Evangelist', open],
  ['other', 'Other', open],
];

// Documented: "the default pipelines have createdAt = 0", and so have their stages.
const never = 0;
const accountCreated = Date.UTC(2024, 2, 5, 9, 30, 0, 417);

/** The pipelines that every new account starts with, each with the id of its object type. */
export const seedPipelines: readonly (readonly [typeId: string, pipeline: StoredPipeline])[] = [
  seed('0-3', 'default', 'Sales Pipeline', never, [
    ['appointmentscheduled', 'Appointment Scheduled', deal('0.2')],
    ['qualifiedtobuy', 'Qualified To Buy', deal('0.4')],
    ['presentationscheduled', 'Presentation Scheduled', deal('0.6')],
    ['decisionmakerboughtin', 'Decision Maker Bought-In', deal('0.8')],
    ['contractsent', 'Contract Sent', deal('0.9')],
    ['closedwon', 'Closed Won', deal('1.0')],
    ['closedlost', 'Closed Lost', deal('0.0')],
  ]),
  seed('0-5', '0', 'Support Pipeline', never, [
    ['1', 'New', ticket('OPEN')],
    ['2', 'Waiting on contact', ticket('OPEN')],
    ['3', 'Waiting on us', ticket('OPEN')],
    ['4', 'Closed', ticket('CLOSED')],
  ]),
  seed('0-1', 'contacts-lifecycle-pipeline', 'Lifecycle Stage Pipeline', never, lifecycleStages),
  seed('0-2', 'companies-lifecycle-pipeline', 'Lifecycle Stage Pipeline', never, lifecycleStages),
  seed('0-136', 'lead-pipeline-id', 'Lead Pipeline', accountCreated, [
    ['new-stage-id', 'New', open],
    ['attempting-stage-id', 'Attempting', open],
    ['connected-stage-id', 'Connected', open],
    ['qualified-stage-id', 'Qualified', open],
    ['unqualified-stage-id', 'Unqualified', open],
  ]),
  seed('0-162', 'dd5826e4-4f4a-4b0c-9a3e-6f8f1c2d7b10', 'Service Pipeline', accountCreated, [
    ['8e2b21d0-0f6b-4f6d-8f0e-1c3a5b7d9e21', 'New', open],
    ['600b692d-a3fe-4052-9cd7-278b134d7941', 'In progress', open],
    ['0d6cb47f-9e3d-4f8a-b1c2-7a5e4d3c2b32', 'Closed', open],
  ]),
  seed('0-410', '5c441dfe-6e1b-4d0b-9c55-2b8f5d1a9043', 'Course Pipeline', accountCreated, [
    ['3f1a2b5c-7d8e-4f90-a1b2-c3d4e5f60154', 'Enrolling', open],
    ['9b8a7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c65', 'Running', open],
    ['1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c76', 'Finished', open],
  ]),
  seed('0-420', 'f2c7d1a9-3b5e-4c8d-a6f0-9e7b5d3c1a87', 'Listing Pipeline', accountCreated, [
    ['c4d5e6f7-0a1b-4c2d-9e3f-4a5b6c7d8e98', 'Draft', open],
    ['a9b8c7d6-e5f4-4d3c-b2a1-0f9e8d7c6ba9', 'Published', open],
    ['7e6d5c4b-3a29-4181-9706-f5e4d3c2b1ba', 'Sold', open],
  ]),
  seed('0-421', 'a4bdc2f1-8d6e-4b7a-9f3c-5e2d1c0b9acb', 'Appointment Pipeline', accountCreated, [
    ['e1f2a3b4-c5d6-4e7f-8a9b-0c1d2e3f4adc', 'Requested', open],
    ['b5c6d7e8-f9a0-4b1c-8d2e-3f4a5b6c7ded', 'Booked', open],
    ['d3e4f5a6-b7c8-4d9e-8f0a-1b2c3d4e5ffe', 'Held', open],
  ]),
];

/** The records that are in stages of a new account. */
export const seedRecords: readonly {
  readonly typeId: string;
  readonly stageId: string;
  readonly recordIds: readonly string[];
}[] = [
  { typeId: '0-3', stageId: 'appointmentscheduled', recordIds: ['22901690010', '22901690011'] },
  { typeId: '0-3', stageId: 'closedwon', recordIds: ['22901690012'] },
  { typeId: '0-5', stageId: '1', recordIds: ['5512830041'] },
  { typeId: '0-5', stageId: '4', recordIds: ['5512830042', '5512830043'] },
];

function seed(
  typeId: string,
  id: string,
  label: string,
  createdAt: number,
  stages: readonly SeedStage[],
): readonly [string, StoredPipeline] {
  const times = { createdAt, updatedAt: createdAt };
  const toStage = ([stageId, stageLabel, metadata]: SeedStage, displayOrder: number): StoredStage => ({
    id: stageId,
    label: stageLabel,
    displayOrder,
    metadata,
    ...times,
  });
  return [typeId, { id, label, displayOrder: 0, active: true, version: 1, stages: stages.map(toStage), ...times }];
}
