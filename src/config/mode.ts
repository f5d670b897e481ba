import { z } from 'zod';

/** What production mode sets, unless the variable itself is set. */
const productionDefaults = { GATEWAY_GRAPHIQL: 'false', GATEWAY_INTROSPECTION: 'false', GATEWAY_SANDBOX: 'false' };

/** The settings of the mode, by the names of their environment variables. */
export const modeVariables = {
  GATEWAY_MODE: z
    .enum(['development', 'production'])
    .default('development')
    .describe(
      'In `production`, GATEWAY_GRAPHIQL, GATEWAY_INTROSPECTION and GATEWAY_SANDBOX are `false` where they are not set, and keys have at least 16 characters.',
    ),
  GATEWAY_SANDBOX: z
    .stringbool('must be true or false')
    .default(true)
    .describe('Whether the sandbox, whose data are invented, is served if no source is set.'),
  GATEWAY_ALLOW_HTTP: z
    .stringbool('must be true or false')
    .default(false)
    .describe(
      'Whether an upstream or a JWKS on a public host may be reached by http, which anybody on the way can read.',
    ),
};

/** The environment with what its mode sets. */
export function withModeDefaults<Environment extends Readonly<Record<string, string | undefined>>>(env: Environment) {
  return env['GATEWAY_MODE'] === 'production' ? { ...productionDefaults, ...env } : env;
}
