/** v1 makes no stage ids itself, and takes new ones of lower-case letters, digits, dashes and underscores (documented). */
export const newIdPattern = /^[a-z0-9_-]+$/;
/** The documented limit for the ids of pipelines and stages. */
export const maxIdLength = 36;
/** The same stages, each with an id: those without one get it from their labels, readable, not taken and no two alike. */
export function withStageIds(stages, taken) {
  const ids = new Set([...taken, ...stages.map(({ stageId }) => stageId).filter((id) => id !== null)]);
  return stages.map((stage) => {
    const stageId = stage.stageId ?? toFreeId(toSlug(stage.label), ids);
    ids.add(stageId);
    return { ...stage, stageId };
  });
}
function toFreeId(slug, taken) {
  for (let count = 1; ; count += 1) {
    const suffix = count === 1 ? '' : `-${count}`;
    const id = slug.slice(0, maxIdLength - suffix.length) + suffix;
    if (!taken.has(id)) return id;
  }
}
function toSlug(label) {
  // NFKD parts letters from their accents, which are then dropped with everything else that v1 does not take.
  const words = label
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join('-') ?? 'stage';
}
