/** What addresses a pipeline at its upstream. */
export interface PipelineKey {
  readonly sourceName: string;
  readonly objectType: string;
  readonly pipelineId: string;
}

/** What addresses a stage at its upstream, whose paths name the pipeline as well. */
export interface StageKey extends PipelineKey {
  readonly stageId: string;
}

/** Names one entry in the history of a pipeline or, where `stageId` is not null, of a stage. */
export interface AuditEntryKey extends PipelineKey {
  readonly stageId: string | null;
  /** RFC 3339, or null where the upstream gave none. */
  readonly timestamp: string | null;
  /** A hash of the entry, which tells entries of one instant apart. */
  readonly hash: string;
}

/** The version of the wire form. A reader of a later version can still know an id of this one. */
const version = 1;
/** Longer than any id or cursor that this gateway hands out, whose labels may be long; a hostile one is not decoded at all. */
const maxIdLength = 64 * 1024;
/** Longer than any upstream's ids, shorter than any server's limit for a path. */
const maxPartLength = 512;

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const controlCharacter = /[\u0000-\u001f\u007f-\u009f]/;

/** Whether a part of an id can be sent upstream as one path segment, without reaching another path or host. */
export function isAddressable(part: string): boolean {
  return (
    part !== '' &&
    part !== '.' &&
    part !== '..' &&
    part.length <= maxPartLength &&
    part.isWellFormed() &&
    !controlCharacter.test(part)
  );
}

/** The opaque global id of a pipeline: URL-safe, the same for the same key for ever. */
export function toPipelineGlobalId(key: PipelineKey): string {
  return encode('pipeline', [key.sourceName, key.objectType, key.pipelineId]);
}

/** The opaque global id of a stage. */
export function toStageGlobalId(key: StageKey): string {
  return encode('stage', [key.sourceName, key.objectType, key.pipelineId, key.stageId]);
}

/** The opaque global id of an audit entry, which is its cursor too. */
export function toAuditEntryGlobalId(key: AuditEntryKey): string {
  return encode('audit', [
    key.sourceName,
    key.objectType,
    key.pipelineId,
    key.stageId ?? '',
    key.timestamp ?? '',
    key.hash,
  ]);
}

/** The parts of a pipeline's global id; null for anything that is not exactly such an id. */
export function readPipelineGlobalId(id: string): PipelineKey | null {
  const [sourceName, objectType, pipelineId] = decode('pipeline', 3, id) ?? [];
  if (sourceName === undefined || objectType === undefined || pipelineId === undefined) return null;
  return [objectType, pipelineId].every(isAddressable) ? { sourceName, objectType, pipelineId } : null;
}

/** The parts of a stage's global id; null for anything that is not exactly such an id. */
export function readStageGlobalId(id: string): StageKey | null {
  const [sourceName, objectType, pipelineId, stageId] = decode('stage', 4, id) ?? [];
  if (sourceName === undefined || objectType === undefined || pipelineId === undefined || stageId === undefined)
    return null;
  return [objectType, pipelineId, stageId].every(isAddressable)
    ? { sourceName, objectType, pipelineId, stageId }
    : null;
}

/** The parts of an audit entry's global id or cursor; null for anything that is not exactly such an id. */
export function readAuditEntryGlobalId(id: string): AuditEntryKey | null {
  const parts = decode('audit', 6, id);
  if (parts === null) return null;
  const [sourceName = '', objectType = '', pipelineId = '', stageId = '', timestamp = '', hash = ''] = parts;
  if (![objectType, pipelineId].every(isAddressable) || (stageId !== '' && !isAddressable(stageId))) return null;
  return { sourceName, objectType, pipelineId, stageId: stageId || null, timestamp: timestamp || null, hash };
}

/** A position in a sorted list, as an opaque cursor that outlives the object it was made from. */
export function toCursor(position: readonly (string | number)[]): string {
  return encode('cursor', position);
}

/** The position that a cursor of `length` parts names; null for anything that is not such a cursor. */
export function readCursor(cursor: string, length: number): readonly (string | number)[] | null {
  return decodeParts('cursor', length, cursor);
}

function encode(kind: string, parts: readonly (string | number)[]): string {
  // JSON keeps any character, lone surrogates included; base64url makes it safe in URLs.
  return Buffer.from(JSON.stringify([version, kind, ...parts])).toString('base64url');
}

function decode(kind: string, length: number, id: string): readonly string[] | null {
  const parts = decodeParts(kind, length, id);
  return parts?.every((part) => typeof part === 'string') ? parts : null;
}

function decodeParts(kind: string, length: number, id: string): readonly (string | number)[] | null {
  if (id.length > maxIdLength) return null;
  const parts = readJsonArray(Buffer.from(id, 'base64url').toString());
  if (parts?.length !== length + 2 || parts[0] !== version || parts[1] !== kind) return null;
  const values = parts.slice(2);
  if (!values.every((part) => typeof part === 'string' || typeof part === 'number')) return null;
  // One object has one id: other spellings of the same base64 or JSON are no ids.
  return encode(kind, values) === id ? values : null;
}

function readJsonArray(text: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
