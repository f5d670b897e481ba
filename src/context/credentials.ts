import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { PipelineFault } from '../domain/problems.ts';
import type { Credential, PipelineSource } from '../sources/source.ts';
import { unauthenticated } from '../sources/upstream/rejection.ts';

/**
 * The credential to call a source with: the gateway's own, or the one that the caller sent in the configured header, with
 * or without `Bearer `. A PipelineFault (UPSTREAM_UNAUTHENTICATED) where the caller sent none.
 */
export function readCredential(
  { name, credential }: Pick<PipelineSource, 'name' | 'credential'>,
  headers: IncomingHttpHeaders,
): Credential {
  if (credential.mode === 'static') return toCredential(credential.token);
  const value = headers[credential.header.toLowerCase()];
  const token = (Array.isArray(value) ? value[0] : value)?.replace(/^bearer( +|$)/i, '').trim() ?? '';
  // Whatever else a header can hold, no upstream's token does; two headers of this name arrive as one with a comma and a space.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    const message = `Source "${name}" wants the caller's own upstream token in the header ${credential.header}.`;
    throw new PipelineFault([unauthenticated(message)], name);
  }
  return toCredential(token);
}

function toCredential(token: string): Credential {
  return { token, hash: createHash('sha256').update(token).digest('base64url') };
}
