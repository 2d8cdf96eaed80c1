/** What the CRM double remembers, and how it judges a record that is written (wire/03 §3, §4). */
import type { Clock } from '../zoho-oauth/refresh.ts';
import type { DoubleTransition } from './crm-double-deals.ts';

export type CrmRecord = Record<string, unknown> & { readonly id: string };

export interface CrmDoubleState {
  readonly contacts: Map<string, CrmRecord>;
  readonly deals: Map<string, CrmRecord>;
  readonly notes: CrmRecord[];
  /** A new record is found by search only after so many ms: the search index lags. */
  indexLagMs: number;
  /** Where `DUPLICATE_DATA` says the existing id. */
  duplicateShape: 'older' | 'newer';
  /** Refuse `Account_Name` as an organisation without that field does. */
  refuseCompany: boolean;
  /** The field of deals that is marked "do not allow duplicate values"; `null`: the organisation has none. */
  dealUniqueField: string | null;
  /** API names of deal fields that are refused, as unknown or mistyped ones are. */
  readonly refusedDealFields: Set<string>;
  /** When set, stages move by these transitions only. */
  blueprint: readonly DoubleTransition[] | null;
  /** Credits said in `X-API-CREDITS-REMAINING`; `null` leaves the header out. */
  creditsRemaining: number | null;
  readonly addContact: (fields: Readonly<Record<string, unknown>>) => CrmRecord;
  readonly addDeal: (contactId: string, fields: Readonly<Record<string, unknown>>) => CrmRecord;
}

/** Records the double keeps of each kind; the oldest make room (a long-lived sandbox stays bounded). */
const RECORDS_MAX = 50_000;

export type Fields = Readonly<Record<string, unknown>>;
/** HTTP status and one entry of `data[]`. */
export type RowAnswer = { readonly status: number; readonly row: Readonly<Record<string, unknown>> };

const SEEDED_FROM = 554023000001234001n;

/** Ids that grow with time, so that a restarted sandbox does not give one customer's id to another. */
const makeIds = (clock: Clock): (() => string) => {
  let last = 0n;
  return () => {
    const now = 554023000000000000n + BigInt(clock.now());
    last = now > last ? now : last + 1n;
    return String(last);
  };
};

/** Builds an empty store. */
export const makeCrmStore = (clock: Clock) => {
  const freshId = makeIds(clock);
  let seeded = SEEDED_FROM;
  const createdAt = new Map<string, number>();
  const state: CrmDoubleState = {
    contacts: new Map(),
    deals: new Map(),
    notes: [],
    indexLagMs: 0,
    duplicateShape: 'newer',
    refuseCompany: false,
    dealUniqueField: 'Bot_Conversation_Id',
    refusedDealFields: new Set(),
    blueprint: null,
    creditsRemaining: null,
    addContact: (fields) => add(state.contacts, fields, String(seeded++)),
    addDeal: (contactId, fields) =>
      add(state.deals, { ...fields, Contact_Name: { id: contactId } }, String(seeded++)),
  };
  const stamp = () => new Date(clock.now()).toISOString().replace(/\.\d+Z$/, '+00:00');

  const add = (into: Map<string, CrmRecord>, fields: Fields, id: string = freshId()): CrmRecord => {
    const record = { Created_Time: stamp(), Modified_Time: stamp(), ...fields, id };
    const oldest = into.keys().next().value;
    if (into.size >= RECORDS_MAX && oldest !== undefined) into.delete(oldest);
    into.set(id, withFullName(record));
    createdAt.set(id, clock.now());
    return record;
  };

  const update = (records: Map<string, CrmRecord>, id: string, fields: Fields): RowAnswer => {
    const before = records.get(id);
    if (!before) return refusal('INVALID_DATA', 'the id given seems to be invalid', { api_name: 'id' });
    const problem = fieldProblem(fields, state.refuseCompany);
    if (problem) return problem;
    records.set(id, withFullName({ ...before, ...fields, Modified_Time: stamp(), id }));
    return success('update', id, null, 'record updated', stamp());
  };

  const insert = (fields: Fields): RowAnswer => {
    if (!fields.Last_Name)
      return refusal('MANDATORY_NOT_FOUND', 'required field not found', { api_name: 'Last_Name' });
    const problem = fieldProblem(fields, state.refuseCompany);
    if (problem) return problem;
    // Phone is marked "do not allow duplicate values", and matching is literal.
    const twin = [...state.contacts.values()].find(
      (contact) => fields.Phone && contact.Phone === fields.Phone,
    );
    if (twin) return duplicate('Phone', twin.id, state.duplicateShape);
    return success('insert', add(state.contacts, fields).id, null, 'record added', stamp());
  };

  const upsert = (fields: Fields, keys: unknown): RowAnswer => {
    const checked = Array.isArray(keys) && keys.length > 0 ? keys.map(String) : ['Email'];
    const key = checked.find((name) => fields[name] !== undefined);
    const twin = key && [...state.contacts.values()].find((contact) => contact[key] === fields[key]);
    if (!twin) return insert(fields);
    const answer = update(state.contacts, twin.id, fields);
    return answer.status < 300 ? success('update', twin.id, key, 'record updated', stamp()) : answer;
  };

  const isIndexed = (record: CrmRecord): boolean =>
    (createdAt.get(record.id) ?? 0) + state.indexLagMs <= clock.now();
  const addNote = (fields: Fields): CrmRecord => {
    const note = { Created_Time: stamp(), ...fields, id: freshId() };
    state.notes.push(note);
    if (state.notes.length > RECORDS_MAX) state.notes.shift();
    return note;
  };
  return { state, update, insert, upsert, add, addNote, stamp, isIndexed };
};

export type CrmStore = ReturnType<typeof makeCrmStore>;

const fieldProblem = (fields: Fields, refuseCompany: boolean): RowAnswer | null => {
  if (refuseCompany && fields.Account_Name !== undefined) {
    return refusal('INVALID_DATA', 'invalid data', {
      api_name: 'Account_Name',
      expected_data_type: 'jsonobject',
    });
  }
  if (
    typeof fields.Email === 'string' &&
    !/^[^\s@]{1,64}@[^\s@.]{1,63}(?:\.[^\s@.]{1,63}){1,8}$/.test(fields.Email)
  ) {
    return refusal('INVALID_DATA', 'invalid data', { api_name: 'Email', expected_data_type: 'email' });
  }
  return null;
};

const withFullName = (record: CrmRecord): CrmRecord =>
  record.Last_Name === undefined
    ? record
    : { ...record, Full_Name: [record.First_Name, record.Last_Name].filter((part) => part).join(' ') };

export const success = (
  action: 'insert' | 'update',
  id: string,
  field: string | null,
  message: string,
  at: string,
): RowAnswer => ({
  status: action === 'insert' ? 201 : 200,
  row: {
    code: 'SUCCESS',
    duplicate_field: field,
    action,
    status: 'success',
    message,
    details: { id, Created_Time: at, Modified_Time: at },
  },
});

/** A refused row comes with HTTP 202: a 2xx that is no success (wire/00 fact 5). */
export const refusal = (code: string, message: string, details: Fields): RowAnswer => ({
  status: 202,
  row: {
    code,
    status: 'error',
    message,
    details: { ...details, json_path: `$.data[0].${String(details.api_name)}` },
  },
});

export const duplicate = (
  field: string,
  id: string,
  shape: 'older' | 'newer',
  module = 'Contacts',
): RowAnswer =>
  refusal(
    'DUPLICATE_DATA',
    'duplicate data',
    shape === 'older'
      ? { api_name: field, id }
      : {
          api_name: field,
          duplicate_record: { id, module: { api_name: module, id: '554023000000000175' } },
        },
  );
