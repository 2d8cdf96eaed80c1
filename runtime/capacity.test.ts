import { expect, test } from 'vitest';
import { CONCURRENT_CALLS_MAX } from '../adapters/zoho-crm/crm-calls.ts';
import { spellingsOf } from '../adapters/zoho-crm/phone.ts';
import { SHOP_LIMITS } from './capacity.ts';

/** Zoho's own answers in a slow hour, ms. */
const SLOW_CALL_MS = 900;
/** What runtime/conversations/kind.ts gives a look-up. */
const LOOK_UP_MS = 10_000;

test('a look-up at CRM ends in its time even when all places are taken by newcomers', () => {
  const places = SHOP_LIMITS.vendorConcurrency?.['zoho-crm'] ?? Number.POSITIVE_INFINITY;
  // A newcomer is searched in every spelling, and then there are no purchases to ask for.
  const calls = 1 + spellingsOf('971501234567').others.length;
  const lastIsDoneAfterMs = Math.ceil((places * calls) / CONCURRENT_CALLS_MAX) * SLOW_CALL_MS;
  expect(lastIsDoneAfterMs).toBeLessThan(LOOK_UP_MS);
});
