import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { Credential } from '../source.ts';

/** Where an upstream's answer belongs: who was answered, and what was asked. */
export interface AnswerPlace {
  readonly credential: Credential;
  /** The source, the object type and the request. */
  readonly names: readonly string[];
}

/** Hides answers from whoever holds Redis. Only who has the fleet's secret and the very token reads one, and at its place only. */
export interface SnapshotCipher {
  /** A name that tells nothing of what it is made from. */
  nameOf(parts: readonly string[]): string;
  seal(place: AnswerPlace, label: string, text: string): Promise<string>;
  /** Rejects if the sealed text is not of this place and label, or was changed. */
  open(place: AnswerPlace, label: string, sealed: string): Promise<string>;
}

/** Changes with the form of what is sealed, so that nothing of another form is ever opened. */
const version = 1;
const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
/** The longest answer that is opened; longer ones are not shared. */
export const maxTextBytes = 16 * 1024 * 1024;

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** AES-256-GCM (NIST SP 800-38D) with a key for each place, by HKDF (RFC 5869) from the secret and the token. */
export function createSnapshotCipher(secret: string): SnapshotCipher {
  const toKey = ({ credential, names }: AnswerPlace): Buffer => {
    const info = JSON.stringify([version, ...names]);
    return Buffer.from(
      hkdfSync('sha256', secret, credential.token, createHmac('sha256', secret).update(info).digest(), 32),
    );
  };
  const toContext = ({ names }: AnswerPlace, label: string): Buffer =>
    Buffer.from(JSON.stringify([version, ...names, label]));
  return {
    nameOf: (parts) => createHmac('sha256', secret).update(JSON.stringify(parts)).digest('base64url'),
    async seal(place, label, text) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, toKey(place), nonce).setAAD(toContext(place, label));
      const sealed = Buffer.concat([cipher.update(await deflate(text)), cipher.final()]);
      return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), sealed]).toString('base64');
    },
    async open(place, label, sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      if (bytes[0] !== version) throw new Error('This was sealed in another form.');
      const nonce = bytes.subarray(1, 1 + nonceBytes);
      const tag = bytes.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes);
      const decipher = createDecipheriv(algorithm, toKey(place), nonce, { authTagLength: tagBytes });
      decipher.setAAD(toContext(place, label)).setAuthTag(tag);
      const packed = Buffer.concat([decipher.update(bytes.subarray(1 + nonceBytes + tagBytes)), decipher.final()]);
      return (await inflate(packed, { maxOutputLength: maxTextBytes })).toString('utf8');
    },
  };
}
