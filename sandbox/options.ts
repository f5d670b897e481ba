import type * as z from 'zod';
import type { FaultRuleInput } from './fault-injection/fault-rule.ts';
import type { unknownsInput } from './unknowns.ts';

/** How a sandbox is started; all but the port may be left out. */
export interface SandboxOptions {
  /** 0 takes a free port. */
  readonly port: number;
  /** A loopback address, 127.0.0.1 unless said otherwise. */
  readonly host?: '127.0.0.1' | '::1' | 'localhost';
  /** A file that keeps the data; in memory if absent. */
  readonly databasePath?: string;
  /** Requests that HubSpot lets each token make in ten seconds, and in a day; 0, the default, sets no limit. */
  readonly rateLimitTenSecondly?: number;
  readonly rateLimitDaily?: number;
  /** How long every request waits. */
  readonly latencyMs?: number;
  /** Faults from the start, as they may also be sent to the control API. */
  readonly faults?: readonly FaultRuleInput[];
  /** The last day on which crm-pipelines v1 answers, as YYYY-MM-DD in UTC; it goes on for ever if absent. */
  readonly v1Sunset?: string;
  /**
   * The Content-Type of HubSpot's empty 404s, which have none. HubSpot's own client throws an Error without a code when
   * there is none.
   */
  readonly empty404ContentType?: string;
  /** Longest label that HubSpot's current versions take, 0 for no limit; nobody knows the real one. */
  readonly labelLimit?: number;
  /** Other choices for what nobody knows. */
  readonly unknowns?: z.input<typeof unknownsInput>;
}
