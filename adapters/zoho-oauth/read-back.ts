/**
 * Writes whose result is unknown (domain 9.20, lesson F-35): no answer in time, a broken connection, a gateway's page or
 * an unreadable body. Zoho may have done it, or may be about to. It is looked for, a few times, and never repeated blind.
 */
import { Duration, Effect } from 'effect';

const UNKNOWN = new Set([
  'VendorTimeout',
  'VendorUnreachable',
  'InventoryUnavailable',
  'InventoryMalformed',
  'CrmUnavailable',
  'CrmMalformed',
]);

/** True when a write that failed so may have been done nevertheless. */
export const isUnknown = (error: { readonly _tag: string }): boolean => UNKNOWN.has(error._tag);

/** Waits before each look after a lost answer, ms: creates of over 30 s were seen (wire/04 §3). */
export const LOOK_DELAYS_MS: readonly number[] = [500, 2_000, 6_000];

/** Looks once after each delay until something is found; `null` when it never is. A failing look ends it. */
export const lookRepeatedly = <A, E>(
  look: Effect.Effect<A | null, E>,
  delaysMs: readonly number[] = LOOK_DELAYS_MS,
): Effect.Effect<A | null, E> =>
  Effect.gen(function* () {
    for (const delay of delaysMs) {
      yield* Effect.sleep(Duration.millis(delay));
      const found = yield* look;
      if (found !== null) return found;
    }
    return null;
  });

/** How long to leave a record alone whose creation could not be confirmed, before it is tried again, ms. */
export const UNVERIFIED_PAUSE_MS = 60_000;
