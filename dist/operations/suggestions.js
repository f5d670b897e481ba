/** The error without the names that graphql thinks were meant: unlike Apollo's own option, in variables as well. */
export function withoutSuggestions(error) {
  return { ...error, message: error.message.replace(/ ?Did you mean .+\?$/s, '') };
}
