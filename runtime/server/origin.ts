/**
 * Is this webhook from Wazzup? By any one of: bearer, last path segment, HMAC of the raw body (contract 3.1; the vendor
 * itself signs nothing, wire/01 §5.2). Compared in constant time, before anything is parsed.
 */
import { createHmac } from 'node:crypto';
import { Redacted } from 'effect';
import { secretEquals } from '../auth/secrets.ts';

export interface WebhookOrigin {
  readonly authorization: string;
  readonly signature: string;
  /** The last path segment, decoded; null when the path has none. */
  readonly pathSecret: string | null;
}

/** `yes` and `no` are final; `signature` needs the raw body. */
export type EarlyVerdict = 'yes' | 'no' | 'signature';

/** What can be said before the body is read. */
export const earlyVerdict = (origin: WebhookOrigin, secret: Redacted.Redacted): EarlyVerdict => {
  const expected = Redacted.value(secret);
  const bearer = /^Bearer +(\S+)$/i.exec(origin.authorization)?.[1] ?? '';
  // Whatever was given is compared, whatever the other says, so that time tells nothing about which was right.
  const byBearer = bearer !== '' && secretEquals(bearer, expected);
  const byPath = origin.pathSecret !== null && secretEquals(origin.pathSecret, expected);
  if (byBearer || byPath) return 'yes';
  return origin.signature === '' ? 'no' : 'signature';
};

/** `X-Wazzup-Signature: sha256=<hex HMAC-SHA256 of the raw body>`. */
export const signatureMatches = (signature: string, body: Uint8Array, secret: Redacted.Redacted): boolean => {
  const given = /^sha256=([0-9a-f]{64})$/i.exec(signature.trim())?.[1]?.toLowerCase();
  if (given === undefined) return false;
  return secretEquals(given, createHmac('sha256', Redacted.value(secret)).update(body).digest('hex'));
};
