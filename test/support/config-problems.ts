import { ConfigError, readConfig } from '../../src/config/config.ts';

/** The problems that a start with these variables is refused with, a line each. */
export function configProblems(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.replace(/^- /, ''));
  }
  return [];
}
