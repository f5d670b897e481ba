import { z } from 'zod';

/** What production mode sets, unless the variable itself is set. */
const productionDefaults = { GATEWAY_GRAPHIQL: 'false', GATEWAY_INTROSPECTION: 'false' };

/** The setting of the mode, by the name of its environment variable. */
export const modeVariables = {
  GATEWAY_MODE: z
    .enum(['development', 'production'])
    .default('development')
    .describe('In `production`, GATEWAY_GRAPHIQL and GATEWAY_INTROSPECTION are `false` where they are not set.'),
};

/** The environment with what its mode sets. */
export function withModeDefaults<Environment extends Readonly<Record<string, string | undefined>>>(env: Environment) {
  return env['GATEWAY_MODE'] === 'production' ? { ...productionDefaults, ...env } : env;
}
