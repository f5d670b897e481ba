import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isIntrospectionType,
  getNamedType,
  GraphQLID,
  buildSchema,
} from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { expect, test } from 'vitest';
import { printClientSchema } from '../../scripts/printed-schema.ts';

/** Something of the schema that a client sees, with what the schema says of it. */
interface Part {
  readonly name: string;
  readonly description: string | null | undefined;
  /** Whether it is where a client gives an opaque id. */
  readonly takesId: boolean;
}

/** Every type, field, argument and enum value. */
function listParts(schema: GraphQLSchema): readonly Part[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !['String', 'Int', 'Float', 'Boolean', 'ID'].includes(type.name))
    .flatMap((type): Part[] => {
      const own = { name: type.name, description: type.description, takesId: false };
      if (isEnumType(type)) {
        const values = type
          .getValues()
          .map((value) => ({ ...value, name: `${type.name}.${value.name}`, takesId: false }));
        return [own, ...values];
      }
      if (isInputObjectType(type)) {
        const fields = Object.values(type.getFields());
        return [own, ...fields.map((field) => toPart(`${type.name}.${field.name}`, field, true))];
      }
      if (!isObjectType(type) && !isInterfaceType(type)) return [own];
      const fields = Object.values(type.getFields()).flatMap((field) => [
        toPart(`${type.name}.${field.name}`, field, false),
        ...field.args.map((argument) => toPart(`${type.name}.${field.name}(${argument.name})`, argument, true)),
      ]);
      // What a query and a mutation are is GraphQL's to say.
      return type === schema.getQueryType() || type === schema.getMutationType() ? fields : [own, ...fields];
    });
}

function toPart(
  name: string,
  {
    description,
    type,
  }: { readonly description?: string | null | undefined; readonly type: Parameters<typeof getNamedType>[0] },
  isInput: boolean,
): Part {
  return { name, description, takesId: isInput && getNamedType(type) === GraphQLID };
}

const parts = listParts(buildSchema(printClientSchema()));

test('the schema says of every type, field, argument and enum value what it is', () => {
  expect(parts.length).toBeGreaterThan(500);
  expect(parts.filter(({ description }) => !description?.trim()).map(({ name }) => name)).toEqual([]);
});

test('wherever an id is taken the schema says which one', () => {
  const ids = parts.filter(({ takesId }) => takesId);
  expect(ids.length).toBeGreaterThan(10);
  const says = /`id`|id of an audit entry|pipeline that takes|stage of the same pipeline|the original/i;
  expect(ids.filter(({ description }) => !says.test(description ?? '')).map(({ name }) => name)).toEqual([]);
});

test('sentences begin with a capital letter or code, and end with a full stop, unless they are code', () => {
  const wrong = parts.filter(
    ({ description }) => !/^(?:[A-Z0-9`].*[.?!:]|`[^`]+`|Organization API only.*)$/s.test(description ?? ''),
  );
  expect(wrong.map(({ name, description }) => `${name}: ${description}`)).toEqual([]);
});
