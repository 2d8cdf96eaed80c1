/** Creates a deal once (domain 11.10). What may have been written is looked for, never repeated blind. */
import { Effect } from 'effect';
import { isUnknown, LOOK_DELAYS_MS, lookRepeatedly, UNVERIFIED_PAUSE_MS } from '../zoho-oauth/read-back.ts';
import { readWrite, rejected } from './answer.ts';
import { OWNED_BY_BLUEPRINT } from './blueprint.ts';
import type { CrmDeal } from './contact.ts';
import type { CrmCall } from './crm-calls.ts';
import { type NewDeal, optionalRecord, requireDeal, requiredRecord } from './deal.ts';
import { type DealMap, type DealMapChanges, dealMapOf } from './deal-map.ts';
import type { makeDealSearch } from './deal-search.ts';
import { type CrmError, CrmRejected, CrmUnverified, type CrmWriteError } from './errors.ts';
import { type Store, storeTolerantly, type WireRecord } from './store-tolerantly.ts';

export interface DealCreated {
  readonly deal: CrmDeal;
  /** `existing`: this key has its deal already, and nothing was changed. */
  readonly outcome: 'created' | 'existing';
  /** API names of optional facts that CRM would not take. */
  readonly leftOut: readonly string[];
}

export interface DealWriteOptions {
  readonly map: DealMap;
  /** Waits before each look after a lost answer, ms. */
  readonly lookDelaysMs?: readonly number[] | undefined;
}

/** The organisation's workflows run on our writes, as on a person's. */
export const trigger = ['workflow'];

export const makeDealWrites = (
  call: CrmCall,
  search: ReturnType<typeof makeDealSearch>,
  options: DealWriteOptions,
) => {
  const delaysMs = options.lookDelaysMs ?? LOOK_DELAYS_MS;

  /** The record itself: CRM's "success" is believed when it can be read (domain 11.10). */
  const verified = (id: string): Effect.Effect<CrmDeal, CrmWriteError> =>
    search.deal(id).pipe(
      Effect.mapError((error) => (isUnknown(error) ? unverified(error.message) : error)),
      Effect.flatMap((deal) =>
        deal === null ? Effect.fail(unverified('it cannot be read')) : Effect.succeed(deal),
      ),
    );

  /** The caller has looked already; `find` looks again after a lost answer. */
  const create = Effect.fn('ZohoCrm.storeDeal')(function* (
    wanted: NewDeal,
    map: DealMap,
    uniqueField: string | null,
    find: Effect.Effect<CrmDeal | null, CrmError>,
  ) {
    const post = (record: WireRecord) =>
      uniqueField === null
        ? call({ method: 'POST', path: '/Deals', json: { data: [record], trigger } })
        : call({
            method: 'POST',
            path: '/Deals/upsert',
            json: { data: [record], duplicate_check_fields: [uniqueField], trigger },
          });
    const store: Store = (record) =>
      post(record).pipe(Effect.flatMap((response) => readWrite(response, 'insert')));
    const required = requiredRecord(wanted, map, uniqueField !== null);
    return yield* storeTolerantly(required, optionalRecord(wanted, map), store).pipe(
      Effect.matchEffect({
        onSuccess: ({ result, leftOut }): Effect.Effect<DealCreated, CrmWriteError> => {
          const isOurs = result.kind === 'done' || result.field === null || result.field === uniqueField;
          if (!isOurs) return Effect.fail(rejected('DUPLICATE_DATA', { api_name: result.field }));
          const isNew = result.kind === 'done' && result.action === 'insert';
          const outcome = isNew ? ('created' as const) : ('existing' as const);
          return Effect.map(verified(result.id), (deal) => ({ deal, outcome, leftOut }));
        },
        onFailure: (why): Effect.Effect<DealCreated, CrmWriteError> => {
          // An upsert that meets a deal whose stage a Blueprint owns has met the deal.
          const met = why instanceof CrmRejected && why.code === OWNED_BY_BLUEPRINT;
          if (!met && !isUnknown(why)) return Effect.fail(why);
          return lookRepeatedly(find, delaysMs).pipe(
            Effect.mapError((error) => unverified(error.message)),
            Effect.flatMap((deal) =>
              deal === null ? Effect.fail(unverified(why.message)) : Effect.succeed(alreadyThere(deal)),
            ),
          );
        },
      }),
    );
  });

  const createDeal = Effect.fn('ZohoCrm.createDeal')(function* (wanted: NewDeal, changes?: DealMapChanges) {
    yield* requireDeal(wanted);
    const map = dealMapOf(options.map, changes);
    const field = map.uniqueField;
    const probe = field === null ? null : yield* search.lookUp(field, wanted.key);
    if (probe?.kind === 'found') return alreadyThere(probe.deal);
    if (field === null || probe?.kind === 'noField') {
      if (field !== null)
        yield* Effect.logWarning('CRM has no such unique field of deals: a code in the name is used', {
          field,
        });
      const before = yield* search.byCode(wanted);
      return before === null ? yield* create(wanted, map, null, search.byCode(wanted)) : alreadyThere(before);
    }
    const find = Effect.map(search.lookUp(field, wanted.key), (found) =>
      found.kind === 'found' ? found.deal : null,
    );
    return yield* create(wanted, map, field, find);
  });

  return { createDeal };
};

const alreadyThere = (deal: CrmDeal): DealCreated => ({ deal, outcome: 'existing', leftOut: [] });

const unverified = (why: string): CrmUnverified =>
  new CrmUnverified({
    message: `whether Zoho CRM has the deal is not known (${why}); it is looked for again before anything is repeated`,
    retryable: true,
    retryAfterMs: UNVERIFIED_PAUSE_MS,
  });
