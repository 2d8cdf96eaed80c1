/** Writes one record so that a fact CRM dislikes never costs us the record itself (domain 11.2, 11.10). */
import { Effect } from 'effect';
import type { WriteResult } from './answer.ts';
import { type CrmError, CrmRejected } from './errors.ts';

export type WireRecord = Readonly<Record<string, unknown>>;
export type Store = (record: WireRecord) => Effect.Effect<WriteResult, CrmError>;

/** Stores a record; an optional fact that CRM dislikes is left out and named. Ends after as many tries as there are facts. */
export const storeTolerantly = (
  required: WireRecord,
  optional: WireRecord,
  store: Store,
  leftOut: readonly string[] = [],
): Effect.Effect<{ readonly result: WriteResult; readonly leftOut: readonly string[] }, CrmError> =>
  store({ ...required, ...optional }).pipe(
    Effect.map((result) => ({ result, leftOut })),
    Effect.catch((error) => {
      const field = error instanceof CrmRejected && error.code === 'INVALID_DATA' ? error.field : null;
      if (field === null || !Object.hasOwn(optional, field)) return Effect.fail(error);
      const { [field]: _disliked, ...rest } = optional;
      const isEmpty = Object.keys({ ...required, ...rest }).length === 0;
      return isEmpty ? Effect.fail(error) : storeTolerantly(required, rest, store, [...leftOut, field]);
    }),
  );
