import { z } from 'zod';
import { logLevels } from './log.ts';
import { loggedOperations } from './request-record.ts';

/** The settings of what the gateway tells its operators, by the names of their environment variables. */
export const telemetryVariables = {
  GATEWAY_LOG_LEVEL: z
    .enum(logLevels, `must be one of ${logLevels.join(', ')}`)
    .default('info')
    .describe('The least important lines to log; `info` has one line for each operation.'),
  GATEWAY_LOG_OPERATIONS: z
    .enum(loggedOperations, `must be one of ${loggedOperations.join(', ')}`)
    .default('all')
    .describe(
      'Which operations have a line: all; only those that failed; or none. It is a warning if an upstream or the gateway is at fault.',
    ),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .optional()
    .describe('The OTLP/HTTP collector that traces are sent to. Without it nothing is traced.'),
};
