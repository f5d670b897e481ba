import { readCredential } from '../context/credentials.ts';
import { toListProblems } from '../domain/pipeline-list.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { PipelineFault } from '../domain/problems.ts';
import type { Call, ObjectType, UpstreamSource } from '../sources/source.ts';
import { toTerminalText } from './terminal-text.ts';

/** What one version shows of an object type. */
interface ReadSide {
  readonly pipelines: readonly Pipeline[];
  /** A line, fit for a terminal, for everything that could not be read. */
  readonly unread: readonly string[];
}

/** Reads every pipeline of an object type, inactive ones too if the source shows them, in at most `deadlineMs`. Never rejects with a PipelineFault. */
export async function readSide(source: UpstreamSource, objectType: ObjectType, deadlineMs: number): Promise<ReadSide> {
  try {
    const list = await source.listPipelines(objectType, { includeArchived: true }, openCall(source, deadlineMs));
    return { pipelines: list.pipelines, unread: toListProblems(list).map((problem) => toLine(source, problem)) };
  } catch (error) {
    if (!(error instanceof PipelineFault)) throw error;
    return { pipelines: [], unread: error.problems.map((problem) => toLine(source, problem)) };
  }
}

function openCall(source: UpstreamSource, deadlineMs: number): Call {
  const endsAt = performance.now() + deadlineMs;
  return {
    credential: readCredential(source, {}),
    signal: AbortSignal.timeout(deadlineMs),
    timeLeftMs: () => endsAt - performance.now(),
    reading: 'alone',
    isBackground: false,
    noteWriteLeft: () => {},
    noteStale: () => {},
    noteKept: () => {},
    missed: [],
    observer: { begin: () => ({ headers: {}, end: () => {} }) },
  };
}

function toLine({ apiVersion }: UpstreamSource, { message }: { readonly message: string }): string {
  return `${apiVersion} could not be read: ${toTerminalText(message, 300)}`;
}
