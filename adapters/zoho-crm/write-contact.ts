/** Writes one contact so that a fact CRM dislikes never costs us the contact itself (domain 11.2, lesson F-36). */
import { Effect } from 'effect';
import { rejected, type WriteResult } from './answer.ts';
import { type CrmError, CrmRejected } from './errors.ts';
import { type ContactFields, type FieldMap, recordOf } from './fields.ts';

export interface ContactWritten {
  readonly id: string;
  /** `existing`: CRM had this contact already and nothing was changed. */
  readonly outcome: 'created' | 'updated' | 'existing';
  /** Optional facts that CRM would not take, for example an e-mail that belongs to another contact. */
  readonly leftOut: readonly (keyof ContactFields)[];
}

type WireRecord = Readonly<Record<string, unknown>>;
type Store = (record: WireRecord) => Effect.Effect<WriteResult, CrmError>;

/**
 * Stores `optional` facts and the `required` record. A refused optional field is left out and named in the result; it
 * ends after at most as many tries as there are optional facts.
 */
export const writeContact = (
  map: FieldMap,
  optional: ContactFields,
  required: WireRecord,
  store: Store,
  leftOut: readonly (keyof ContactFields)[] = [],
): Effect.Effect<ContactWritten, CrmError> => {
  const record = { ...recordOf(optional, map), ...required };
  const again = (field: keyof ContactFields, why: CrmRejected): Effect.Effect<ContactWritten, CrmError> => {
    const { [field]: _gone, ...rest } = optional;
    const nothingLeft = Object.keys({ ...recordOf(rest, map), ...required }).length === 0;
    return nothingLeft ? Effect.fail(why) : writeContact(map, rest, required, store, [...leftOut, field]);
  };
  if (Object.keys(record).length === 0) return Effect.fail(nothingToWrite());
  return store(record).pipe(
    Effect.matchEffect({
      onSuccess: (result): Effect.Effect<ContactWritten, CrmError> => {
        if (result.kind === 'done')
          return Effect.succeed({ id: result.id, outcome: outcomeOf(result.action), leftOut });
        const why = rejected('DUPLICATE_DATA', { api_name: result.field });
        const field = optionalField(result.field, optional, map);
        // A shared e-mail does not make two customers one: only the phone identifies.
        if (field !== null) return again(field, why);
        const identifies = required.Phone !== undefined && (result.field === null || isPhone(result.field));
        return identifies
          ? Effect.succeed({ id: result.id, outcome: 'existing', leftOut })
          : Effect.fail(why);
      },
      onFailure: (error) => {
        const refused = error instanceof CrmRejected && error.code === 'INVALID_DATA' ? error : null;
        const field = refused && optionalField(refused.field, optional, map);
        return refused && field ? again(field, refused) : Effect.fail(error);
      },
    }),
  );
};

const outcomeOf = (action: 'insert' | 'update') => (action === 'insert' ? 'created' : 'updated');

const isPhone = (field: string): boolean => field === 'Phone' || field === 'Mobile';

/** Which optional fact is behind an API name. */
const optionalField = (
  apiName: string | null,
  optional: ContactFields,
  map: FieldMap,
): keyof ContactFields | null => {
  if (apiName === null) return null;
  const names = Object.keys(optional) as (keyof ContactFields)[];
  return names.find((name) => Object.hasOwn(recordOf({ [name]: optional[name] }, map), apiName)) ?? null;
};

const nothingToWrite = () =>
  new CrmRejected({
    code: 'INVALID_INPUT',
    field: null,
    message: 'no field to write: give at least one',
    retryable: false,
  });
