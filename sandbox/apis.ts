import type { DatabaseSync } from 'node:sqlite';
import type { FastifyInstance } from 'fastify';
import { hashToken } from './bearer-token.ts';
import { createClock } from './clock.ts';
import { controlApi } from './control-api.ts';
import type { RecordsInput } from './control-api.ts';
import type { PendingFaults } from './fault-injection/pending-faults.ts';
import { hubspotV1Api } from './hubspot-v1/index.ts';
import { toEnvelope } from './hubspot/api-error.ts';
import { assumptions } from './hubspot/assumptions.ts';
import { importPipeline } from './hubspot/import-pipeline.ts';
import { hubspotApi } from './hubspot/index.ts';
import { createRateLimiter } from './hubspot/rate-limit.ts';
import { addHubspotRecords } from './hubspot/records.ts';
import { openStore } from './hubspot/store/index.ts';
import type { Store } from './hubspot/store/index.ts';
import { withLatePipelines } from './hubspot/store/late-pipelines.ts';
import type { SandboxOptions } from './options.ts';
import { addOrganizationRecords, organizationApi, resetOrganization } from './organization/index.ts';
import type { RequestLog } from './request-log.ts';
import { defaultUnknowns } from './unknowns.ts';

/** Serves the three upstream APIs, with their data in the database, and the control API over all of them. */
export function serveApis(
  app: FastifyInstance,
  options: SandboxOptions,
  database: DatabaseSync,
  { log, faults }: { readonly log: RequestLog; readonly faults: PendingFaults },
): void {
  const { rateLimitTenSecondly: tenSecondly = 0, rateLimitDaily: daily = 0 } = options;
  const rateLimiter = createRateLimiter({ tenSecondly, daily });
  const unknowns = { ...defaultUnknowns, ...options.unknowns };
  const stored = openStore(database);
  const { store, readStore } = withLatePipelines(stored, unknowns.lateReads);
  const shared = { store, readStore, rateLimiter, clock: createClock(), unknowns };
  hubspotApi(app, {
    ...shared,
    errorFormat: { toEnvelope, emptyContentType: options.empty404ContentType ?? null },
    labelLimit: options.labelLimit ?? assumptions.labelLimit,
  });
  hubspotV1Api(app, { ...shared, lastDay: options.v1Sunset ?? null });
  const organization = organizationApi(app, database, unknowns);
  controlApi(app, {
    log,
    faults,
    reset() {
      store.reset();
      rateLimiter.reset();
      resetOrganization(database);
      organization.endLateReads();
    },
    addRecords: (input) => addRecords(stored, database, input),
    importPipeline: ({ token, objectType, pipeline }) => importPipeline(stored, hashToken(token), objectType, pipeline),
  });
}

function addRecords(store: Store, database: DatabaseSync, input: RecordsInput): void {
  const { token, objectType, pipelineId, stageId, recordIds } = input;
  if (objectType === 'Contact' || objectType === 'Application') {
    addOrganizationRecords(database, token, objectType, pipelineId, stageId, recordIds);
  } else {
    addHubspotRecords(store, hashToken(token), { objectType, pipelineId, stageId }, recordIds);
  }
}
