/** Tokens and keyed hashes: what is stored about a secret never is the secret. */
import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Redacted } from 'effect';

/** 32 random bytes, URL-safe. */
export const randomToken = (): string => randomBytes(32).toString('base64url');

/** Equal in constant time whatever the lengths (both sides are hashed first). */
export const secretEquals = (given: string, expected: string): boolean =>
  timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', expected, 'buffer'));

export type Purpose = 'session' | 'csrf' | 'link' | 'ticket' | 'account' | 'address' | 'media';

/** Keyed hashes; the purpose keeps one kind of token from being taken for another. */
export interface KeyedHash {
  readonly hash: (purpose: Purpose, value: string) => string;
}

export const makeKeyedHash = (secret: Redacted.Redacted): KeyedHash => ({
  hash: (purpose, value) =>
    createHmac('sha256', Redacted.value(secret)).update(`${purpose}:${value}`).digest('base64url'),
});
