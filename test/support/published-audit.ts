/** The stages of the pipeline in the audit example of HubSpot's guide, but for the two that were edited and the one added. */
const untouched: readonly (readonly [stageId: string, label: string, probability: string])[] = [
  ['11348542', 'Appointment scheduled', '0.2'],
  ['11348543', 'Qualified to buy', '0.4'],
  ['11348544', 'Presentation scheduled', '0.6'],
  ['11348545', 'Decision Maker Bought-In', '0.8'],
  ['11348546', 'Contract sent', '0.9'],
];

interface Version {
  readonly action?: string;
  readonly timestamp: string;
  readonly version: number | null;
  readonly label?: string;
  /** The probability, and the `isClosed` beside it, which can be that of the version before. */
  readonly won: readonly [string, boolean];
  readonly lost: readonly [string, boolean];
  /** Where the stage added in 2024 stands, if it is there. */
  readonly signedAt?: number;
}

const closed = ['1.0', true] as const;
const open = ['0.8', false] as const;
const former = 'Additional pipeline';

/** Newest first. */
const versions: readonly Version[] = [
  { timestamp: '2024-10-07T20:58:57.414Z', version: 11, won: closed, lost: open, signedAt: 5 },
  { timestamp: '2024-10-07T20:58:54.143Z', version: 10, won: closed, lost: open, signedAt: 7 },
  { timestamp: '2023-07-27T15:30:01.098Z', version: 8, won: closed, lost: open },
  { timestamp: '2023-03-17T17:37:42.613Z', version: 7, won: open, lost: open },
  { timestamp: '2023-03-17T17:31:59.276Z', version: 6, won: open, lost: open },
  { timestamp: '2023-03-17T17:29:18.824Z', version: 5, won: open, lost: open },
  { timestamp: '2022-12-09T20:29:21.004Z', version: null, won: open, lost: open },
  { timestamp: '2022-11-08T14:32:11.024Z', version: null, label: former, won: open, lost: open },
  { timestamp: '2022-11-08T14:31:58.571Z', version: null, label: former, won: open, lost: open },
  { timestamp: '2022-05-11T17:49:38.304Z', version: 1, label: former, won: ['0.8', true], lost: ['0.8', true] },
  { timestamp: '2022-05-11T17:49:28.001Z', version: 0, label: former, won: ['0.8', true], lost: ['0.0', true] },
  {
    action: 'CREATE',
    timestamp: '2021-02-26T17:07:35.013Z',
    version: 0,
    label: former,
    won: closed,
    lost: ['0.0', true],
  },
];

function toStages({ won, lost, signedAt }: Version) {
  const stages = [
    ...untouched.map(([stageId, label, probability]) => ({ stageId, label, probability, isClosed: false })),
    { stageId: '11348547', label: 'Closed won', probability: won[0], isClosed: won[1] },
    { stageId: '11348548', label: 'Closed lost', probability: lost[0], isClosed: lost[1] },
  ];
  const signed = { stageId: '259717454', label: 'Contract signed', probability: '0.2', isClosed: false };
  return (signedAt === undefined ? stages : stages.toSpliced(signedAt, 0, signed)).map(
    ({ stageId, label, probability, isClosed }, displayOrder) => ({
      displayOrder,
      stageId,
      label,
      metadata: { isClosed: `${isClosed}`, probability },
    }),
  );
}

/** The audit answer of HubSpot's guide (page of 2026-03-30): the values that tell what its entries mean. */
export const publishedAudit = {
  results: versions.map((each) => ({
    portalId: 123456,
    identifier: '123456:11348541',
    action: each.action ?? 'UPDATE',
    timestamp: each.timestamp,
    message: each.action === 'CREATE' ? 'User defined. pipeline created' : 'Pipeline update',
    rawObject: JSON.stringify({
      displayOrder: 1,
      pipelineId: '11348541',
      portalId: 123456,
      label: each.label ?? 'Partner pipeline',
      active: true,
      stages: toStages(each),
      version: each.version,
      updatedBy: null,
    }),
    fromUserId: 9586504,
  })),
};

/** The pipeline as it reads after its newest entry. */
export const publishedPipeline = {
  id: '11348541',
  label: 'Partner pipeline',
  displayOrder: 1,
  archived: false,
  createdAt: '2021-02-26T17:07:33.457Z',
  updatedAt: '2024-10-07T20:58:57.395Z',
  stages: versions
    .slice(0, 1)
    .flatMap((newest) => toStages(newest).map(({ stageId: id, ...stage }) => ({ id, ...stage, archived: false }))),
};
