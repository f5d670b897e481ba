import type { GraphQLFormattedError } from 'graphql';

/** The error without the names that graphql thinks were meant: unlike Apollo's own option, in variables as well. */
export function withoutSuggestions(error: GraphQLFormattedError): GraphQLFormattedError {
  return { ...error, message: error.message.replace(/ ?Did you mean .+\?$/s, '') };
}
