import type { Answer } from '../../hubspot/answer.ts';
import { refuse } from '../../hubspot/api-error.ts';
import { shuffled } from '../../hubspot/wire.ts';
import { assumptions } from '../assumptions.ts';
import type { Call } from '../call.ts';
import { toWirePipeline } from '../wire.ts';

/** GET of a collection, unsorted; `includeInactive` is a word, not a boolean (documented). */
export function listPipelines({ store, collection, type, includeInactive = 'EXCLUDE_DELETED' }: Call): Answer {
  if (includeInactive !== 'EXCLUDE_DELETED' && includeInactive !== 'INCLUDE_DELETED') {
    refuse(400, { message: assumptions.includeInactiveMessage });
  }
  const pipelines = store.pipelines.list(collection);
  const shown = pipelines.filter((pipeline) => pipeline.active || includeInactive === 'INCLUDE_DELETED');
  return { status: 200, body: { results: shuffled(shown).map((pipeline) => toWirePipeline(type, pipeline)) } };
}
