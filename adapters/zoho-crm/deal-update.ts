/** Moves a deal: facts first, then the stage, through the Blueprint where one owns it (wire/03 §5). Safe to repeat. */
import { Effect } from 'effect';
import { readWrite, rejected } from './answer.ts';
import { makeBlueprint, OWNED_BY_BLUEPRINT } from './blueprint.ts';
import type { CrmCall } from './crm-calls.ts';
import { type DealFields, optionalRecord, requireFields } from './deal.ts';
import { type DealMap, type DealMapChanges, dealMapOf } from './deal-map.ts';
import { trigger } from './deal-writes.ts';
import { CrmRejected } from './errors.ts';
import { invalidInput, requireRecordId } from './input.ts';
import { storeTolerantly, type WireRecord } from './store-tolerantly.ts';

export interface DealUpdated {
  readonly id: string;
  readonly leftOut: readonly string[];
}

export const makeDealUpdate = (call: CrmCall, ownMap: DealMap) => {
  const runTransition = makeBlueprint(call);

  const put = (id: string, record: WireRecord) =>
    call({ method: 'PUT', path: `/Deals/${id}`, json: { data: [record], trigger } }).pipe(
      Effect.flatMap((response) => readWrite(response, 'update')),
      Effect.flatMap((result) =>
        result.kind === 'done'
          ? Effect.succeed(result)
          : Effect.fail(rejected('DUPLICATE_DATA', { api_name: result.field })),
      ),
    );

  /** Facts first, then the stage: a Blueprint's transition may ask for them. Each part is safe to repeat. */
  const updateDeal = Effect.fn('ZohoCrm.updateDeal')(function* (
    id: string,
    fields: DealFields,
    changes?: DealMapChanges,
  ) {
    yield* requireRecordId(id);
    yield* requireFields(fields);
    const map = dealMapOf(ownMap, changes);
    const facts = optionalRecord(fields, map);
    const stage = fields.stage === undefined ? null : map.stages[fields.stage];
    if (stage === null && Object.keys(facts).length === 0)
      return yield* invalidInput('at least one field of the deal to write');
    const { leftOut } =
      Object.keys(facts).length === 0
        ? { leftOut: [] }
        : yield* storeTolerantly({}, facts, (record) => put(id, record));
    if (stage !== null)
      yield* put(id, { Stage: stage }).pipe(
        Effect.asVoid,
        Effect.catchIf(
          (error): error is CrmRejected => error instanceof CrmRejected && error.code === OWNED_BY_BLUEPRINT,
          () => runTransition(id, stage, facts),
        ),
      );
    return { id, leftOut } satisfies DealUpdated;
  });
  return { updateDeal };
};
