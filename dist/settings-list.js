import { gatewaySettings } from './config.js';
import { sandboxVariables } from './sandbox/settings.js';
import { sourceSettings, sourceVariables } from './sources/index.js';
/** Every environment variable that the gateway reads, by what it is about. */
export const settings = {
  gateway: Object.entries(gatewaySettings.shape).map(([name, schema]) => toSetting(name, schema)),
  sources: sourceSettings.options.flatMap(({ shape }) =>
    sourceVariables[shape.kind.value].map((variable) => toSourceSetting(variable, shape)),
  ),
  sandbox: Object.entries(sandboxVariables.shape).map(([name, schema]) => toSetting(name, schema)),
};
function toSourceSetting({ name, path: [field = ''] }, shape) {
  const schema = shape[field];
  if (schema === undefined || field === 'credential') {
    return { name, description: 'The gateway’s own token for the API.', fallback: null, isSecret: true };
  }
  return toSetting(name, schema);
}
function toSetting(name, schema) {
  return {
    name,
    description: schema.description ?? '',
    fallback: toText(schema.safeParse(undefined).data),
    isSecret: schema.meta()?.['secret'] === true,
  };
}
function toText(value) {
  if (Array.isArray(value)) return value.join(',') || null;
  return ['string', 'number', 'boolean'].includes(typeof value) ? `${value}` : null;
}
