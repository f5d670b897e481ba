import { z } from 'zod';
import { logLevels } from './log.js';
/** The settings of what the gateway tells its operators, by the names of their environment variables. */
export const telemetryVariables = {
  GATEWAY_LOG_LEVEL: z
    .enum(logLevels, `must be one of ${logLevels.join(', ')}`)
    .default('info')
    .describe('The least important lines to log; `info` has one line for each operation.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .optional()
    .describe('The OTLP/HTTP collector that traces are sent to. Without it nothing is traced.'),
};
