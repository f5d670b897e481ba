import type { ApolloServerPlugin } from '@apollo/server';
import {
  defaultFieldResolver,
  getNamedType,
  isIntrospectionType,
  isLeafType,
  isObjectType,
  OperationTypeNode,
} from 'graphql';
import type { GraphQLField, GraphQLSchema } from 'graphql';
import type { Context } from '../../context/context.ts';
import { isTurnOver } from '../../sources/turn.ts';
import { toLeafBytes } from './answer-bytes.ts';
import { openAnswerBudget } from './answer-budget.ts';
import type { AnswerBudget } from './answer-budget.ts';
import type { OperationLimits } from './limits.ts';
import { createTurns } from './turns.ts';
import type { Turns } from './turns.ts';

/** How many items of a list are made in one go, at most. */
const itemsAtOnce = 100;
/** About what an error takes in an answer. */
const errorBytes = 300;

/**
 * Counts the objects and bytes of each answer while it is made: beyond a limit the whole operation ends with
 * OPERATION_TOO_COMPLEX. Lets other requests have their turn while a long answer is made. Changes the schema's resolvers.
 */
export function countAnswers(schema: GraphQLSchema, limits: OperationLimits): ApolloServerPlugin<Context> {
  const budgets = new WeakMap<Context, AnswerBudget>();
  const turns = createTurns();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) countField(field, { budgetOf: toLookup(budgets), turns });
  }
  return {
    async requestDidStart({ contextValue }) {
      const budget = openAnswerBudget(limits, () => contextValue.abandon());
      budgets.set(contextValue, budget);
      return {
        async willSendResponse({ operation, response: { http, body } }) {
          const { refusal } = budget;
          if (refusal === null || body.kind !== 'single') return;
          const { http: _http, ...extensions } = refusal.extensions;
          // What a mutation did is done, though nobody is told of it.
          const more = operation?.operation === OperationTypeNode.MUTATION ? { mayHaveBeenApplied: true } : {};
          http.status = refusal.statusCode;
          body.singleResult = { errors: [{ message: refusal.message, extensions: { ...extensions, ...more } }] };
        },
      };
    },
  };
}

interface Counting {
  readonly budgetOf: (context: Context) => AnswerBudget | undefined;
  readonly turns: Turns;
}

/** Remembers the last answer that was asked for: most fields that follow each other are of the same one. */
function toLookup(budgets: WeakMap<Context, AnswerBudget>): Counting['budgetOf'] {
  let last: { readonly context: Context; readonly budget: AnswerBudget | undefined } | null = null;
  return (context) => {
    if (last?.context !== context) last = { context, budget: budgets.get(context) };
    return last.budget;
  };
}

function countField(field: GraphQLField<unknown, Context>, { budgetOf, turns }: Counting): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  const take = isLeafType(getNamedType(field.type)) ? takeLeaf : takeObjects;
  field.resolve = (parent, args, context, info) => {
    const budget = budgetOf(context);
    if (budget === undefined) return resolve(parent, args, context, info);
    if (take === takeObjects && budget.refusal !== null) return budget.end();
    const result: unknown = resolve(parent, args, context, info);
    const { key } = info.path;
    if (!isPromise(result)) return take(result, key, budget, turns);
    const countError = (error: unknown): never => {
      budget.addBytes(errorBytes);
      throw error;
    };
    return result.then((value) => take(value, key, budget, turns), countError);
  };
}

function takeLeaf(value: unknown, name: string | number, budget: AnswerBudget): unknown {
  budget.addBytes(toLeafBytes(name, value));
  return value;
}

function takeObjects(value: unknown, name: string | number, budget: AnswerBudget, turns: Turns): unknown {
  budget.addBytes(String(name).length + 6);
  if (!Array.isArray(value)) {
    if (value !== null && value !== undefined) budget.addObjects(1);
    return budget.refusal === null ? value : budget.end();
  }
  const items: readonly unknown[] = value;
  lookAfter(items);
  budget.addObjects(items.length);
  budget.addBytes(3 * items.length);
  if (budget.refusal !== null) return budget.end();
  const wait = <T>(waiting: T): Promise<T> =>
    turns.wait(budget, () => (budget.refusal === null ? waiting : budget.end()));
  // A promise settles in a turn of its own.
  const waitLater = (item: unknown, index: number): unknown =>
    index < itemsAtOnce || isPromise(item) ? item : wait(item);
  if (items.length > itemsAtOnce) return items.map(waitLater);
  return isTurnOver() ? wait(items) : items;
}

/** An item that fails before graphql asks for it, or that it never asks for, must not end the process. */
function lookAfter(items: readonly unknown[]): void {
  for (const item of items) if (isPromise(item)) item.then(undefined, () => {});
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
