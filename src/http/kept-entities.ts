import { LRUCache } from 'lru-cache';
import type { Context } from '../context/context.ts';
import { areCurrent } from '../context/snapshot-reads.ts';
import type { MadeRead } from '../context/snapshot-reads.ts';
import type { EntitiesField } from '../graphql/document-traits.ts';
import { findKeepable } from '../graphql/keepable.ts';
import type { OperationLimits } from '../graphql/limits/limits.ts';
import { findNextNotice } from '../sources/sunset.ts';
import { toAnswer } from './answer.ts';
import type { Answer } from './answer.ts';
import { splitRequest, toDocumentKey, toItemTexts } from './entity-requests.ts';

/**
 * The texts of entities as they were answered, so that an answer to another choice of them is put together from these. Routers
 * ask for ever new choices with the same selection.
 */
export interface KeptEntities {
  /**
   * The answer, if each entity of it was answered before to a request that differs in its choice alone, and still is the same.
   * `form` is what decides an answer beside what was `sent`.
   */
  assemble(form: string, sent: unknown): AssembledAnswer | null;
  /** Keeps the entities of an answer, if it may be kept and holds nothing else. */
  learn(form: string, sent: unknown, answer: Answer, context: Context): void;
  /** How many answers were put together. */
  readonly assembled: () => number;
  readonly size: () => { readonly bytes: number; readonly maxBytes: number };
}

interface AssembledAnswer {
  readonly answer: Answer;
  readonly operationName: string | null;
}

/** What is known of requests that differ in their choice alone. */
interface Family {
  /** What its entities are kept under, as the key of a family is long. */
  readonly id: number;
  readonly operationName: string | null;
  readonly headers: Answer['headers'];
  /** How many entities were taken at once: fewer cost less, so they are taken too. */
  readonly maxCount: number;
}

interface Part {
  readonly text: string;
  /** Shared by all that one answer was made from. */
  readonly made: MadeFrom;
}

interface MadeFrom {
  readonly reads: readonly MadeRead[];
  readonly endsAt: number;
}

interface Room {
  readonly fields: LRUCache<string, EntitiesField>;
  readonly families: LRUCache<string, Family>;
  readonly parts: LRUCache<string, Part>;
  /** The longest answer that is put together; one that comes near a limit is left to be computed. */
  readonly maxLength: number;
}

/** What a part takes beside its text and its key. */
const partBytes = 200;
const maxDocuments = 1_000;
/** No id is used twice, so that entities of a family that is forgotten are never found again. */
let lastId = 0;

/** Opens room for at most `maxBytes`; none for 0. */
export function createKeptEntities(
  maxBytes: number,
  { answerBytes, objects }: Pick<OperationLimits, 'answerBytes' | 'objects'>,
): KeptEntities {
  if (maxBytes === 0) return keepNothing;
  let assembled = 0;
  const room: Room = {
    fields: new LRUCache({ max: maxDocuments }),
    families: new LRUCache({ max: maxDocuments }),
    parts: new LRUCache({ maxSize: maxBytes }),
    // An object takes two bytes at least.
    maxLength: Math.min(answerBytes, objects * 2),
  };
  return {
    assemble(...request) {
      const found = assemble(room, ...request);
      if (found !== null) assembled += 1;
      return found;
    },
    assembled: () => assembled,
    size: () => ({ bytes: room.parts.calculatedSize, maxBytes }),
    learn: (...answered) => learn(room, ...answered),
  };
}

const keepNothing: KeptEntities = {
  assemble: () => null,
  learn: () => {},
  assembled: () => 0,
  size: () => ({ bytes: 0, maxBytes: 0 }),
};

function assemble({ fields, families, parts, maxLength }: Room, form: string, sent: unknown): AssembledAnswer | null {
  const documentKey = toDocumentKey(form, sent);
  const field = documentKey === null ? undefined : fields.get(documentKey);
  if (documentKey === null || field === undefined) return null;
  const request = splitRequest(documentKey, sent, field.variable);
  const family = request === null ? undefined : families.get(request.familyKey);
  if (request === null || family === undefined || request.items.length > family.maxCount) return null;
  const texts = findTexts(parts, family, request.items);
  const text = texts === null ? null : `{"data":{"${field.responseKey}":[${texts.join(',')}]}}\n`;
  if (text === null || text.length > maxLength) return null;
  return { answer: toAnswer(200, family.headers, Buffer.from(text)), operationName: family.operationName };
}

/** Null if one of them is not known, or may not be the same any more. */
function findTexts(parts: Room['parts'], { id }: Family, items: readonly string[]): readonly string[] | null {
  const texts: string[] = [];
  const current = new Set<MadeFrom>();
  for (const item of items) {
    const part = parts.get(`${id} ${item}`);
    if (part === undefined) return null;
    const { made, text } = part;
    if (!current.has(made)) {
      if (Date.now() >= made.endsAt || !areCurrent(made.reads, false)) return null;
      current.add(made);
    }
    texts.push(text);
  }
  return texts;
}

function learn({ fields, families, parts }: Room, form: string, sent: unknown, answer: Answer, context: Context): void {
  const operation = findKeepable(context);
  const entities = operation?.entities ?? null;
  const reads = context.snapshotReads.list();
  const documentKey = toDocumentKey(form, sent);
  if (operation === null || entities === null || reads === null || documentKey === null) return;
  const request = splitRequest(documentKey, sent, entities.variable);
  const texts = toItemTexts(entities.items);
  const isWhole = request?.items.length === texts?.length && context.loaders.lookedUp() !== null;
  if (request === null || texts === null || !isWhole || operation.showsReadTime) return;
  const { familyKey, items } = request;
  const known = families.get(familyKey);
  const id = known?.id ?? (lastId += 1);
  const maxCount = Math.max(items.length, known?.maxCount ?? 0);
  fields.set(documentKey, { responseKey: entities.responseKey, variable: entities.variable });
  families.set(familyKey, { id, operationName: operation.name, headers: answer.headers, maxCount });
  const made = { reads, endsAt: findNextNotice(context.sources, context.now) };
  for (const [index, text] of texts.entries()) {
    const key = `${id} ${items[index]}`;
    parts.set(key, { text, made }, { size: text.length + key.length + partBytes });
  }
}
