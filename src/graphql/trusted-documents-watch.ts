import type { FastifyBaseLogger } from 'fastify';
import { readDocuments, stampDocuments } from './trusted-documents-files.ts';
import type { DocumentFiles } from './trusted-documents-files.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/** What trusted documents are for, where they come from, and what was read of them at the start. */
export interface TrustedDocumentsSettings extends Pick<TrustedDocuments, 'mode'> {
  /** Files and folders. */
  readonly paths: readonly string[];
  readonly files: DocumentFiles;
}

/** Trusted documents that follow their files until they are told to stop. */
interface FollowedDocuments extends TrustedDocuments {
  stop(): void;
}

/** How often the files are looked at. Polled, because mounted folders do not always tell of changes. */
const intervalMs = 1_000;

/**
 * Takes what the files hold whenever they have changed and stayed the same from one look to the next. If that cannot be used,
 * what was known before stays, and one line of the log says why.
 */
export function followDocuments(
  { mode, paths, files }: TrustedDocumentsSettings,
  log: FastifyBaseLogger,
): FollowedDocuments {
  let { list, stamp: readStamp } = files;
  let lastStamp = readStamp;
  const look = (): void => {
    const stamp = stampDocuments(paths);
    const isSettled = stamp === lastStamp;
    lastStamp = stamp;
    if (stamp === readStamp || !isSettled) return;
    const read = readDocuments(paths);
    readStamp = read.stamp;
    if (read.problems.length > 0) {
      log.error({ problems: read.problems }, 'changed operations cannot be used');
      return;
    }
    list = read.list;
    log.info({ operations: list.byId.size }, 'operations were read again');
  };
  const timer = mode === 'off' ? undefined : setInterval(look, intervalMs).unref();
  return { mode, current: () => list, stop: () => clearInterval(timer) };
}
