/** Our own number of a sales order: unique in Zoho, so that a repeated create is refused instead of doubled (wire/04 §6). */
import { createHash } from 'node:crypto';

/** Crockford's base 32: no I, L, O or U, so that a number survives being read aloud. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 60 bits: a million orders share a number with a chance of one in two million, and then it is a conflict, not a mix-up. */
const CHARACTERS = 12;
const GROUP = 4;

/**
 * The number for an idempotency key, the command's id (contract 5): the same key always gives the same number.
 * `TJ-9F3K-7Q2M-X4TD`.
 */
export const orderNumber = (idempotencyKey: string, prefix = 'TJ'): string => {
  const hash = createHash('sha256').update(`sale-order:${idempotencyKey}`).digest();
  let bits = hash.readBigUInt64BE(0);
  let code = '';
  for (let i = 0; i < CHARACTERS; i++) {
    code += ALPHABET.charAt(Number(bits & 31n));
    bits >>= 5n;
  }
  const groups = code.match(new RegExp(`.{${GROUP}}`, 'g')) ?? [];
  return [prefix, ...groups].join('-');
};
