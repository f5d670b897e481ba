/** Carries problems up to whoever answers the caller; `sourceName` is the source that they arose at, if any. */
export class PipelineFault extends Error {
  name = 'PipelineFault';
  problems;
  sourceName;
  constructor(problems, sourceName = null) {
    super(problems[0].message);
    this.problems = problems;
    this.sourceName = sourceName;
  }
}
/** The parts of a problem that most problems leave empty: nothing was sent, no field is at fault. */
export const nothingMore = { path: null, correlationId: null, mayHaveBeenApplied: false };
/** An input field at fault, by its path. */
export function invalidInput(path, message) {
  return { code: 'INVALID_INPUT', message, path, correlationId: null, mayHaveBeenApplied: false };
}
/** A mutation's object that does not exist; `id` is the global id that was asked for. */
export function notFound(id, message) {
  return { ...nothingMore, code: 'NOT_FOUND', message, id };
}
/** Something that the source's API cannot do, found before any call. */
export function unsupported(sourceName, capability) {
  return { ...nothingMore, code: 'UNSUPPORTED', message: `Source "${sourceName}" cannot ${capability}.`, capability };
}
/** A problem with the upstream itself; `status` is the HTTP status where an answer came. */
export function upstreamProblem(code, message, more = {}) {
  return { ...nothingMore, status: null, retryAfterSeconds: null, code, message, ...more };
}
/** The same fault of a write that, as a whole or in part, happened or may have. */
export function afterWrite(fault) {
  const [first, ...rest] = fault.problems;
  const applied = (problem) => ({ ...problem, mayHaveBeenApplied: true });
  return new PipelineFault([applied(first), ...rest.map(applied)], fault.sourceName);
}
