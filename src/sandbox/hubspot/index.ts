import type { FastifyInstance } from 'fastify';
import type { Clock } from '../clock.ts';
import { hashToken, readBearerToken } from '../bearer-token.ts';
import { resolveObjectType } from './object-types.ts';
import type { Store } from './store.ts';
import { apiVersions } from './versions.ts';
import { shuffled, toWirePipeline } from './wire.ts';

/** Serves HubSpot's pipelines API in every version. */
export function hubspotApi(app: FastifyInstance, { store }: { store: Store; clock: Clock }): void {
  for (const version of apiVersions) {
    app.get<{ Params: { objectType: string } }>(`${version.prefix}/:objectType`, (request, reply) => {
      const account = hashToken(readBearerToken(request.headers.authorization) ?? '');
      store.openAccount(account);
      const pipelines = store.list({ account, typeId: resolveObjectType(request.params.objectType).typeId });
      const results = shuffled(pipelines).map((pipeline) => toWirePipeline(version, pipeline));
      return reply.header('content-type', 'application/json;charset=utf-8').send(JSON.stringify({ results }));
    });
  }
}
