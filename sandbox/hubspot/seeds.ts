import type { StoredPipeline, StoredStage } from './model.ts';

type SeedStage = readonly [id: string, label: string, metadata: Readonly<Record<string, string>>];

// What an account that nobody has edited holds. Deals and tickets: documented and observed in recorded answers. The
// object types that start with one pipeline with UUID ids: HubSpot, observed 2026-10. Lifecycle stages and tasks are
// those of recorded answers; leads, services, orders and courses those that several public clients name. Of listings
// only the ids of the pipeline and its first stage are known. All else there, and the whole of appointments, is ours.
const deal = (probability: string): Record<string, string> => ({
  isClosed: String(probability === '1.0' || probability === '0.0'),
  probability,
});
const ticket = (ticketState: string): Record<string, string> => ({
  isClosed: String(ticketState === 'CLOSED'),
  ticketState,
});
const open = { isClosed: 'false', state: 'OPEN' };
const closed = { isClosed: 'true', state: 'CLOSED' };

const lifecycleStages: readonly SeedStage[] = [
  ['subscriber', 'Subscriber', open],
  ['lead', 'Lead', open],
  ['marketingqualifiedlead', 'Marketing Qualified Lead', open],
  ['salesqualifiedlead', 'Sales Qualified Lead', open],
  ['opportunity', 'Opportunity', open],
  ['customer', 'Customer', open],
  ['evangelist', 'Evangelist', open],
  ['other', 'Other', closed],
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
  seed('0-27', '3d314325-1b2a-4225-9388-375f49c57ec3', 'Task Pipeline', accountCreated, [
    ['af0e6a5c-2ea3-4c72-b69f-7c6cb3fdb591', 'Not Started', open],
    ['5996831934', 'In progress', open],
    ['dd5826e4-c976-4654-a527-b59ada542e52', 'Waiting', open],
    ['61bafb31-e7fa-46ed-aaa9-1322438d6e67', 'Completed', closed],
    ['fc8148fb-3a2d-4b59-834e-69b7859347cb', 'Deferred', open],
    ['6049725638', 'Cancelled', closed],
  ]),
  seed('0-123', '14a2e10e-5471-408a-906e-c51f3b04369e', 'Order Pipeline', accountCreated, [
    ['4b27b500-f031-4927-9811-68a0b525cbae', 'Open', open],
    ['937ea84d-0a4f-4dcf-9028-3f9c2aafbf03', 'Processed', open],
    ['aa99e8d0-c1d5-4071-b915-d240bbb1aed9', 'Shipped', open],
    ['3725360f-519b-4b18-a593-494d60a29c9f', 'Delivered', closed],
    ['3c85a297-e9ce-400b-b42e-9f16853d69d6', 'Cancelled', closed],
  ]),
  seed('0-136', 'lead-pipeline-id', 'Lead Pipeline', accountCreated, [
    ['new-stage-id', 'New', { ...open, leadState: 'NEW' }],
    ['attempting-stage-id', 'Attempting', { ...open, leadState: 'IN_PROGRESS' }],
    ['connected-stage-id', 'Connected', { ...open, leadState: 'IN_PROGRESS' }],
    ['qualified-stage-id', 'Qualified', { ...closed, leadState: 'QUALIFIED' }],
    ['unqualified-stage-id', 'Disqualified', { ...closed, leadState: 'UNQUALIFIED' }],
  ]),
  seed('0-162', 'ba9cdbd6-e220-45b2-a5a2-d67ebdcbade6', 'Service Pipeline', accountCreated, [
    ['8e2b21d0-7a90-4968-8f8c-a8525cc49c70', 'New', open],
    ['600b692d-a3fe-4052-9cd7-278b134d7941', 'In progress', open],
    ['de53e7d9-6b57-4701-b576-92de01c9ed65', 'Closed', closed],
  ]),
  seed('0-410', '9dd7104c-1ae0-402b-a194-9cc567fd6a45', 'Course Pipeline', accountCreated, [
    ['3e1a235d-1a64-4b7a-9ed5-7f0273ebd774', 'Open Stage', open],
    ['38942bdc-b389-487e-acf3-a43a2772a447', 'Closed Stage', closed],
  ]),
  seed('0-420', 'fdeea9a0-8d7e-4f9b-97b6-ca9a587eee87', 'Listing Pipeline', accountCreated, [
    ['6f14f8f1-407b-4b5b-99a7-db681b779076', 'Draft', open],
    ['a9b8c7d6-e5f4-4d3c-b2a1-0f9e8d7c6ba9', 'Published', open],
    ['7e6d5c4b-3a29-4181-9706-f5e4d3c2b1ba', 'Sold', closed],
  ]),
  seed('0-421', 'a4bdc2f1-8d6e-4b7a-9f3c-5e2d1c0b9acb', 'Appointment Pipeline', accountCreated, [
    ['e1f2a3b4-c5d6-4e7f-8a9b-0c1d2e3f4adc', 'Requested', open],
    ['b5c6d7e8-f9a0-4b1c-8d2e-3f4a5b6c7ded', 'Booked', open],
    ['d3e4f5a6-b7c8-4d9e-8f0a-1b2c3d4e5ffe', 'Held', closed],
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
