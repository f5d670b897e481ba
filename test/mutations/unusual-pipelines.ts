import fc from 'fast-check';
import { isAddressable } from '../../src/domain/ids.ts';
import type { Json } from '../support/verbatim-upstream.ts';

/** What exists somewhere although nobody could write all of it today; nothing here is new input. */
const label = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }),
  fc.stringMatching(/^[A-Z][a-z ]{200,300}$/),
  fc.constantFrom(' Won ', 'Won', 'won', 'É', '“Closed”', '0', 'null'),
);
const id = (maxLength: number) => fc.string({ minLength: 1, maxLength, unit: 'grapheme' }).filter(isAddressable);
/** Numbers that JavaScript rounds, or prints without their sign, as the verbatim upstream has them. */
const exactNumber = fc.oneof(
  fc.stringMatching(/^-?[1-9]\d{16,25}$/),
  fc.constantFrom('-0', '9007199254740993', '-9007199254740992'),
);
/** Any JSON. */
const keptValue: fc.Arbitrary<Json> = fc.oneof(
  // JSON's printer has no -0.
  { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 1 }).map((value) => JSON.parse(JSON.stringify(value))) },
  exactNumber.map(toExact),
  fc.dictionary(fc.constantFrom('deep', '__proto__', 'constructor'), exactNumber.map(toExact), { minKeys: 1 }),
  fc.array(exactNumber.map(toExact), { minLength: 1, maxLength: 2 }),
);

/** A number that JavaScript prints as it is stands for itself. */
function toExact(digits: string): Json {
  return String(Number(digits)) === digits ? Number(digits) : { $number: digits };
}

/** One object with the fields of all; unlike Object.assign, it takes `__proto__` for a field. */
function merge(parts: readonly object[]): Json {
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
}

const order = fc.integer({ min: 0, max: 500 });

/** Keys that no schema names, with what JSON can hold. */
const unknownKeys = fc.dictionary(
  fc.oneof(
    fc.constantFrom('leadState', 'forecastGroup', 'color', 'state', '__proto__', 'constructor'),
    fc.string({ maxLength: 8 }),
  ),
  keptValue,
  { maxKeys: 3 },
);

/** A field's usual values, and what else it was met or could be met with. */
function field(name: string, usual: readonly string[], unusual: readonly unknown[]): fc.Arbitrary<object> {
  const value = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<unknown>(...usual) },
    fc.constantFrom<unknown>(...unusual),
  );
  return fc.oneof({ weight: 4, arbitrary: value.map((each) => ({ [name]: each })) }, fc.constant({}));
}

const states = ['OPEN', 'CLOSED'];
const fields: Readonly<Record<string, fc.Arbitrary<object>>> = {
  deals: field('probability', ['0.0', '0.5', '0.85', '1.0'], ['high', '1.5', '', null]),
  tickets: field('ticketState', states, ['PENDING', 'open', null]),
};
const general = field('state', states, ['PAUSED', null]);
const isClosed = fc.oneof(
  fc.constantFrom('true', 'false').map((value) => ({ isClosed: value })),
  fc.constant({}),
);

/** Metadata of stages of an object type. */
const metadata = (objectType: string) => fc.tuple(unknownKeys, isClosed, fields[objectType] ?? general).map(merge);

/** Stages that differ in ids and displayOrder, in any order and mostly few. */
function stages(stage: fc.Arbitrary<Json>, idOf: (stage: Json) => string, orderOf: (stage: Json) => number) {
  const list = (minLength: number, maxLength: number) =>
    fc.uniqueArray(stage, {
      minLength,
      maxLength,
      comparator: (a, b) => idOf(a) === idOf(b) || orderOf(a) === orderOf(b),
    });
  return fc.oneof({ weight: 9, arbitrary: list(1, 6) }, list(31, 40));
}

/** A pipeline of HubSpot's as a read shows it. */
export function hubSpotPipelines(objectType: string): fc.Arbitrary<Json> {
  const stage = fc.record({
    id: id(100),
    label,
    displayOrder: order,
    metadata: metadata(objectType),
    archived: fc.constant(false),
  });
  return fc.record({
    id: id(36),
    label,
    displayOrder: order,
    archived: fc.constant(false),
    stages: stages(
      stage,
      (each) => each.id,
      (each) => each.displayOrder,
    ),
  });
}

/** A pipeline of v1's: older ones have ids in capitals, and single stages can be inactive. */
export function v1Pipelines(objectType: string): fc.Arbitrary<Json> {
  const stage = fc.record({
    stageId: id(36),
    label,
    displayOrder: order,
    active: fc.boolean(),
    metadata: metadata(objectType),
  });
  return fc.record({
    pipelineId: id(36),
    label,
    displayOrder: order,
    active: fc.constant(true),
    stages: stages(
      stage,
      (each) => each.stageId,
      (each) => each.displayOrder,
    ),
  });
}

const objectId = fc.stringMatching(/^[0-9a-e][0-9a-f]{23}$/);

/** A pipeline of the organization API's, whose names have no outer spaces. */
export const organizationPipelines: fc.Arbitrary<Json> = fc.record({
  _id: objectId,
  name: label.map((text) => `${text.trim()}.`),
  description: fc.string(),
  type: fc.constant('Contact'),
  isDefault: fc.constant(false),
  isActive: fc.constant(true),
  pipelineStages: stages(
    fc
      .tuple(
        fc.dictionary(
          fc.oneof(fc.stringMatching(/^[a-z]{1,8}$/), fc.constantFrom('__proto__', 'constructor')),
          keptValue.filter((value) => value !== null),
          { maxKeys: 3 },
        ),
        fc.record({ _id: objectId, name: label.map((text) => `${text.trim()}.`), position: order }),
        fc.constantFrom({}, { color: '#112233' }, { color: 'red' }),
        fc.constantFrom({}, {}, { isActive: true }, { isActive: false }),
      )
      .map(merge),
    (stage) => stage._id,
    (stage) => stage.position,
  ),
});
