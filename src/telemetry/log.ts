import { pino } from 'pino';
import type { Logger } from 'pino';

/** What is logged at most: each level includes those before it. */
export const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
/** The least important kind of line that is logged. */
export type LogLevel = (typeof logLevels)[number];

/** A log of JSON lines on stderr: stdout says where to go, and nothing else. What is written late is flushed at the exit. */
export function createLog(level: LogLevel): Logger {
  return pino(
    { level, formatters: { level: (label) => ({ level: label }) }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: false }),
  );
}
