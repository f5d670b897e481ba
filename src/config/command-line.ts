import { parseArgs } from 'node:util';
import { settings } from './variables.ts';
import type { Setting } from './variables.ts';

/** What the process is started for. */
export type Command = 'start' | 'help' | 'version' | 'print-config' | 'compare-v1';

/** Arguments that mean nothing; the message says so in a line. */
export class CommandLineError extends Error {
  override readonly name = 'CommandLineError';
}

/** What the arguments ask for. Throws a CommandLineError. */
export function readCommand(args: readonly string[]): Command {
  const options = {
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
    'print-config': { type: 'boolean' },
    'compare-v1': { type: 'boolean' },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    if (values.help) return 'help';
    if (values.version) return 'version';
    if (values['print-config']) return 'print-config';
    return values['compare-v1'] ? 'compare-v1' : 'start';
  } catch (error) {
    const [sentence] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new CommandLineError(`${sentence}. --help says what there is.`, { cause: error });
  }
}

/** The text that `--help` prints. */
export function describeUsage(): string {
  return [
    'pipeline-gateway serves the pipelines of CRM systems through one GraphQL endpoint.',
    '',
    'Usage: pipeline-gateway [--help | --version | --print-config | --compare-v1]',
    '',
    '  -h, --help      Prints this.',
    '  -v, --version   Prints the version.',
    '  --print-config  Prints the configuration that a start would use, without secrets, or what is wrong with it.',
    '  --compare-v1    Reads HubSpot’s v1 and the version after it side by side, and says whether their pipelines agree.',
    '                  Exits with 0 if all agree, 1 if something differs, 2 if not all could be read.',
    '',
    'It is configured by environment variables. With no source set, it runs on its sandbox.',
    ...Object.entries({ Gateway: settings.gateway, Sources: settings.sources, Sandbox: settings.sandbox }).flatMap(
      ([title, group]) => ['', `${title}:`, ...group.map(describe)],
    ),
  ].join('\n');
}

function describe({ name, description, fallback }: Setting): string {
  return `  ${name}\n      ${description}${fallback === null ? '' : ` Default: ${fallback}.`}`;
}
