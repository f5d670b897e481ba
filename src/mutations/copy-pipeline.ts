import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import type { PipelineChange } from '../domain/diff.ts';
import { invalidInput } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import type { CopyPipelineInput } from '../generated/schema.ts';
import type { Call } from '../sources/source.ts';
import { checkLabel } from './check-input.ts';
import { planCopy, requireTarget } from './copy-draft.ts';
import { findCreated, isCreated, toKey } from './create-pipeline.ts';
import { defineMutation } from './run-mutation.ts';
import { locatePipeline, readPipeline } from './target.ts';

interface Payload {
  readonly notCarried: readonly PipelineChange[];
}

const nothing: Payload = { notCarried: [] };

/**
 * Copies a pipeline with its stages to another collection, and names what the target cannot hold. If records in a stage would
 * mean something else, nothing is copied unless the input allows it.
 */
export const copyPipeline = defineMutation({
  empty: nothing,
  locate,
  check: ({ keepIds, label }, { to }) => [
    ...checkKeepIds(keepIds === true, to),
    ...(typeof label === 'string' ? checkLabel(label, ['label'], to.source.inputRules) : []),
  ],
  needsWhole: true,
  prepare(input, original, { target: { to, collection } }) {
    const { problems, ...plan } = planCopy(original, input, collection.objectType, to);
    return { plan, problems };
  },
  note(payload, _, { plan: { notCarried } }) {
    payload.notCarried = notCarried;
  },
  write: ({ draft }, _, { collection: { source, objectType }, call }) => source.createPipeline(objectType, draft, call),
  made: ({ pipelineId }, { collection }) => toKey(collection, pipelineId),
  isAsAsked: (after, { plan: { draft }, collection }) => isCreated(after, { plan: draft, collection }),
  recover: ({ draft }, { collection, call }) => findCreated(draft, collection, call),
});

function locate(input: CopyPipelineInput, context: Context) {
  const target = locatePipeline(context, input.id);
  const to = requireTarget(input, target.collection, context);
  const { collection, key } = target;
  // Read like any other, as an archived one can be copied, too.
  const read = (call: Call) => readPipeline(collection, key, call, input.id);
  return { collection, key: null, condition: {}, read, to };
}

function checkKeepIds(keepIds: boolean, { source }: Collection): readonly Problem[] {
  if (!keepIds || source.inputRules.newIds !== null) return [];
  return [invalidInput(['keepIds'], `Source "${source.name}" gives ids itself.`)];
}
