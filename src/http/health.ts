import type { FastifyInstance } from 'fastify';
import { packageVersion } from '../package/package.ts';

/** Whether the gateway is there (`/health/live`), and whether it is to be sent requests (`/health/ready`). */
export function addHealth(app: FastifyInstance, isReady: () => boolean): void {
  app.get('/health/live', () => ({ status: 'live', version: packageVersion }));
  app.get('/health/ready', (_, reply) => {
    void reply.code(isReady() ? 200 : 503);
    return { status: isReady() ? 'ready' : 'stopping', version: packageVersion };
  });
}
