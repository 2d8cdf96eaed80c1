/**
 * Creates and moves sales orders so that nothing is ever doubled (lesson F-35): the number is ours and unique, it is
 * looked for before and after each create, and what is found is compared with what was wanted.
 */
import { Effect } from 'effect';
import { isUnknown, LOOK_DELAYS_MS, lookRepeatedly, UNVERIFIED_PAUSE_MS } from '../zoho-oauth/read-back.ts';
import {
  InventoryConflict,
  type InventoryError,
  InventoryRejected,
  InventoryUnverified,
  type InventoryWriteError,
} from './errors.ts';
import type { InventoryCalls } from './inventory-calls.ts';
import { differencesOf, type NewSaleOrder, requireOrder, wireOrder } from './new-order.ts';
import type { FindOrder } from './order-reads.ts';
import { readOrder, type SaleOrder } from './sale-order.ts';

export interface SaleOrderCreated {
  /** `existing`: this very order was there already, from an earlier try. */
  readonly outcome: 'created' | 'existing';
  /** As Zoho has it now; an existing one may have been voided meanwhile. */
  readonly order: SaleOrder;
}

/** Creates over 30 s were seen in production (wire/04 §3). */
export const CREATE_TIMEOUT_MS = 60_000;
/** The number is taken. */
const NUMBER_TAKEN = '36004';

export interface WriteTimes {
  /** Of one create, ms. */
  readonly createTimeoutMs?: number;
  /** Waits before each look after a lost answer, ms. */
  readonly lookDelaysMs?: readonly number[];
}

export const makeOrderWrites = (calls: InventoryCalls, find: FindOrder, times: WriteTimes) => {
  const timeoutMs = times.createTimeoutMs ?? CREATE_TIMEOUT_MS;
  const delaysMs = times.lookDelaysMs ?? LOOK_DELAYS_MS;

  const post = Effect.fn('ZohoInventory.postOrder')(function* (wanted: NewSaleOrder) {
    const envelope = yield* calls.send({
      method: 'POST',
      path: '/salesorders',
      query: { ignore_auto_number_generation: true },
      json: wireOrder(wanted),
      timeoutMs,
    });
    return yield* envelope === null ? Effect.fail(refusedAsAbsent) : readOrder(envelope);
  });

  const settle = Effect.fn('ZohoInventory.settleOrder')(function* (
    wanted: NewSaleOrder,
    why: InventoryError,
  ) {
    const taken = why instanceof InventoryRejected && why.code === NUMBER_TAKEN;
    if (!taken && !isUnknown(why)) return yield* why;
    yield* Effect.logWarning('the result of creating a sales order is unknown: it is read back', {
      order: wanted.number,
      reason: why._tag,
    });
    const found = yield* lookRepeatedly(
      find({ number: wanted.number }),
      taken ? [0, ...delaysMs] : delaysMs,
    ).pipe(Effect.mapError((error) => unverified(error.message)));
    return yield* found === null ? Effect.fail(unverified(why.message)) : same(wanted, found);
  });

  const createSaleOrder = Effect.fn('ZohoInventory.createSaleOrder')(function* (wanted: NewSaleOrder) {
    yield* requireOrder(wanted);
    // An earlier try, perhaps of a process that died, may have done it: look before anything is written.
    const before = yield* find({ number: wanted.number });
    if (before !== null) return yield* existing(wanted, before);
    return yield* post(wanted).pipe(
      Effect.matchEffect({
        onSuccess: (order) =>
          Effect.map(same(wanted, order), (order) => ({ outcome: 'created' as const, order })),
        onFailure: (why) =>
          Effect.map(settle(wanted, why), (order) => ({ outcome: 'existing' as const, order })),
      }),
    );
  });

  /** A PUT says what the order shall be, so a repeat is harmless; the order itself tells how it ended. */
  const revise = Effect.fn('ZohoInventory.reviseOrder')(function* (wanted: NewSaleOrder, before: SaleOrder) {
    if (!REVISABLE.has(before.status)) return yield* same(wanted, before);
    const request = {
      method: 'PUT' as const,
      path: `/salesorders/${before.id}`,
      json: wireOrder(wanted),
      timeoutMs,
    };
    const failure = yield* Effect.match(calls.send(request), {
      // No record of that name is no success: the order stands as it was, which is not a difference to compare (wire/04 §1).
      onSuccess: (envelope) => (envelope === null ? refusedAsAbsent : null),
      onFailure: (error) => error,
    });
    if (failure !== null && failure !== refusedAsAbsent && !isUnknown(failure)) return yield* failure;
    const after = yield* find({ id: before.id });
    if (after === null) return yield* noSuchOrder;
    if (failure === refusedAsAbsent) return yield* refusedAsAbsent;
    if (differencesOf(wanted, after).length > 0 && failure !== null) return yield* failure;
    return yield* same(wanted, after);
  });

  const ensureSaleOrder = Effect.fn('ZohoInventory.ensureSaleOrder')(function* (wanted: NewSaleOrder) {
    yield* requireOrder(wanted);
    const before = yield* find({ number: wanted.number });
    if (before === null) return (yield* createSaleOrder(wanted)).order;
    return differencesOf(wanted, before).length === 0 ? before : yield* revise(wanted, before);
  });

  /** A repeat is refused by Zoho or does nothing, so the order itself tells how it ended (wire/04 §9). */
  const move = Effect.fn('ZohoInventory.moveOrder')(function* (
    id: string,
    action: 'confirmed' | 'void',
    reached: (status: string) => boolean,
  ) {
    const before = yield* find({ id });
    if (before === null) return yield* noSuchOrder;
    if (reached(before.status)) return before;
    const request = { method: 'POST' as const, path: `/salesorders/${id}/status/${action}`, timeoutMs };
    const failure = yield* Effect.match(calls.send(request), {
      onSuccess: () => null,
      onFailure: (error) => error,
    });
    if (failure !== null && !isUnknown(failure) && !(failure instanceof InventoryRejected))
      return yield* failure;
    const after = yield* find({ id });
    if (after !== null && reached(after.status)) return after;
    return yield* failure ?? unverified(`the order is still "${after?.status ?? 'gone'}"`);
  });

  return {
    createSaleOrder,
    ensureSaleOrder,
    confirmSaleOrder: (id: string) => move(id, 'confirmed', (status) => !BEFORE_CONFIRMED.has(status)),
    voidSaleOrder: (id: string) => move(id, 'void', (status) => status === 'void'),
  };
};

/** Nobody has agreed to anything yet: a quotation may still change (domain 9.16). */
const REVISABLE = new Set(['draft', 'pending_approval', 'approved', 'rejected']);

/** Any other status is confirmed or further along. */
const BEFORE_CONFIRMED = new Set(['draft', 'pending_approval', 'approved', 'rejected', 'void', 'unknown']);

const existing = (
  wanted: NewSaleOrder,
  found: SaleOrder,
): Effect.Effect<SaleOrderCreated, InventoryConflict> =>
  Effect.map(same(wanted, found), (order) => ({ outcome: 'existing', order }));

const same = (wanted: NewSaleOrder, found: SaleOrder): Effect.Effect<SaleOrder, InventoryConflict> => {
  const differences = differencesOf(wanted, found);
  if (differences.length === 0) return Effect.succeed(found);
  const message = `Zoho Inventory has the order ${wanted.number} with another ${differences.join(', ')}: compare them in Inventory and correct or void it before anything is sent`;
  return Effect.fail(
    new InventoryConflict({ what: 'order', id: found.id, differences, message, retryable: false }),
  );
};

const unverified = (why: string): InventoryUnverified =>
  new InventoryUnverified({
    message: `whether Zoho Inventory has the sales order is not known (${why}); it is looked for again before anything is repeated`,
    retryable: true,
    retryAfterMs: UNVERIFIED_PAUSE_MS,
  });

const refusedAsAbsent = new InventoryRejected({
  code: '1002',
  status: 404,
  message:
    'Zoho Inventory does not know the customer, an article or the tax of the order (code 1002): see in Inventory which of them was deleted, synchronise the catalog or correct the tax setting, then quote again',
  retryable: false,
});

const noSuchOrder = new InventoryRejected({
  code: '1002',
  status: 404,
  message:
    'Zoho Inventory has no such sales order (code 1002): it was deleted there; look for its number in Inventory before it is made anew',
  retryable: false,
});

export type OrderWrite<A> = Effect.Effect<A, InventoryWriteError>;
