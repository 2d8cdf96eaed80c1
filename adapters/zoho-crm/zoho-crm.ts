/** Zoho CRM: who the customer is, and what we learn about them (domain 11). */
import { Context, Effect, Layer } from 'effect';
import { makeVendorClient, type VendorRequest } from '../http/vendor-client.ts';
import { authorized } from '../zoho-oauth/authorized.ts';
import { ZohoToken, type ZohoTokenShape } from '../zoho-oauth/zoho-token.ts';
import { creditsOf, readRows, readWrite } from './answer.ts';
import { choose, withPhone } from './choose.ts';
import { type CrmContact, type CrmDeal, readContact, readDeal } from './contact.ts';
import { type CrmError, CrmRejected } from './errors.ts';
import { type ContactFields, defaultFieldMap, type FieldMap, recordOf } from './fields.ts';
import { digitsOf, spellingsOf } from './phone.ts';
import { type ContactWritten, writeContact } from './write-contact.ts';

export type { CrmContact, CrmDeal } from './contact.ts';
export type { ContactFields } from './fields.ts';
export type { ContactWritten } from './write-contact.ts';

export interface ZohoCrmConfig {
  /** `https://www.zohoapis.<dc>/crm/v8`. */
  readonly baseUrl: string;
  /** API names that differ between organisations. */
  readonly fields?: Partial<FieldMap>;
  /** Per attempt, ms; 30 s by default (wire/03 §8). */
  readonly timeoutMs?: number;
}

export interface NewContact {
  /** Any spelling; stored as E.164. */
  readonly phone: string;
  /** As the customer said it, or a placeholder. */
  readonly name: string;
  readonly email?: string;
  readonly company?: string;
  readonly segment?: string;
  readonly leadSource: string;
}

export interface ZohoCrmShape {
  /** The customer with this number, or `null`. Searches all spellings, checks the digits itself (domain 11.1). */
  readonly findContactByPhone: (phone: string) => Effect.Effect<CrmContact | null, CrmError>;
  /** All contacts with this number, the chosen one first. */
  readonly contactsByPhone: (phone: string) => Effect.Effect<readonly CrmContact[], CrmError>;
  /** Creates once: a repeat, or a contact that is already there, gives the same id. */
  readonly createContact: (contact: NewContact) => Effect.Effect<ContactWritten, CrmError>;
  readonly updateContact: (id: string, fields: ContactFields) => Effect.Effect<ContactWritten, CrmError>;
  /** The newest deals of a contact, at most 50. */
  readonly contactDeals: (id: string) => Effect.Effect<readonly CrmDeal[], CrmError>;
  /** API credits left, for the health report; `null` while CRM does not tell. */
  readonly creditsRemaining: () => number | null;
}

export class ZohoCrm extends Context.Service<ZohoCrm, ZohoCrmShape>()('treejar/adapters/ZohoCrm') {
  /** Needs the CRM product's {@link ZohoToken}. */
  static readonly layer = (config: ZohoCrmConfig): Layer.Layer<ZohoCrm, never, ZohoToken> =>
    Layer.effect(
      ZohoCrm,
      Effect.map(ZohoToken, (token) => makeZohoCrm(config, token)),
    );
}

/** The free edition allows 5 calls at once (wire/03 §8). */
export const CONCURRENT_CALLS_MAX = 5;
/** Contacts with one number that are looked at; more is a fault of the data. */
const SEARCH_ROWS_MAX = 50;
const DEALS_MAX = 50;
/** Below this many credits a warning is logged. */
const CREDITS_LOW = 1_000;
const DEFAULT_TIMEOUT_MS = 30_000;
const RECORD_ID = /^\d{6,25}$/;
/** E.164 allows 15 digits; with fewer than 8 a search would match strangers. */
const PHONE_DIGITS = /^\d{8,15}$/;

export const makeZohoCrm = (config: ZohoCrmConfig, token: ZohoTokenShape): ZohoCrmShape => {
  const client = makeVendorClient({
    vendor: 'zoho-crm',
    baseUrl: config.baseUrl,
    timeoutMs: config.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    maxConcurrent: CONCURRENT_CALLS_MAX,
  });
  const send = authorized(client, token);
  const map: FieldMap = { ...defaultFieldMap, ...config.fields };
  let credits: number | null = null;

  const call = Effect.fn('ZohoCrm.call')(function* (request: VendorRequest) {
    const response = yield* send(request);
    const left = creditsOf(response);
    if (left !== null && left < CREDITS_LOW && (credits === null || credits >= CREDITS_LOW)) {
      yield* Effect.logWarning('Zoho CRM is short of API credits', { creditsRemaining: left });
    }
    credits = left ?? credits;
    return response;
  });

  const search = Effect.fn('ZohoCrm.search')(function* (spelling: string) {
    const query = { phone: spelling, per_page: SEARCH_ROWS_MAX };
    const rows = yield* readRows(yield* call({ method: 'GET', path: '/Contacts/search', query }));
    return yield* Effect.forEach(rows, (row) => readContact(row, map.segment));
  });

  const contactsByPhone = Effect.fn('ZohoCrm.contactsByPhone')(function* (phone: string) {
    yield* requireForm(PHONE_DIGITS, digitsOf(phone), 'a phone number of 8 to 15 digits');
    const { first, others } = spellingsOf(phone);
    const direct = withPhone(yield* search(first), phone);
    if (direct.length > 0) return direct;
    const found = yield* Effect.forEach(others, search, { concurrency: CONCURRENT_CALLS_MAX });
    return withPhone(found.flat(), phone);
  });

  const findContactByPhone = Effect.fn('ZohoCrm.findContactByPhone')(function* (phone: string) {
    const found = choose(yield* contactsByPhone(phone), phone);
    if (found === null) return null;
    if (found.duplicates.length > 0) {
      const ids = { chosen: found.contact.id, duplicates: found.duplicates };
      yield* Effect.logWarning('several CRM contacts have one phone number: merge them in CRM', ids);
    }
    return found.contact;
  });

  const createContact = Effect.fn('ZohoCrm.createContact')(function* (contact: NewContact) {
    yield* requireForm(PHONE_DIGITS, digitsOf(contact.phone), 'a phone number of 8 to 15 digits');
    yield* requireForm(/\S/, contact.name, 'a name, or a placeholder for it');
    const { phone, name, leadSource, ...optional } = contact;
    const required = { ...recordOf({ name, phone, leadSource }, map) };
    const json = (record: unknown) => ({
      data: [record],
      duplicate_check_fields: ['Phone'],
      trigger: ['workflow'],
    });
    return yield* writeContact(map, optional, required, (record) =>
      call({ method: 'POST', path: '/Contacts/upsert', json: json(record) }).pipe(
        Effect.flatMap((response) => readWrite(response, 'insert')),
      ),
    );
  });

  const updateContact = Effect.fn('ZohoCrm.updateContact')(function* (id: string, fields: ContactFields) {
    yield* requireForm(RECORD_ID, id, 'a CRM record id');
    return yield* writeContact(map, fields, {}, (record) =>
      call({ method: 'PUT', path: `/Contacts/${id}`, json: { data: [record], trigger: ['workflow'] } }).pipe(
        Effect.flatMap((response) => readWrite(response, 'update')),
      ),
    );
  });

  const contactDeals = Effect.fn('ZohoCrm.contactDeals')(function* (id: string) {
    yield* requireForm(RECORD_ID, id, 'a CRM record id');
    const query = { fields: 'Deal_Name,Stage,Amount,Closing_Date,Modified_Time', per_page: DEALS_MAX };
    const rows = yield* readRows(yield* call({ method: 'GET', path: `/Contacts/${id}/Deals`, query }));
    return yield* Effect.forEach(rows, readDeal);
  });

  return {
    findContactByPhone,
    contactsByPhone,
    createContact,
    updateContact,
    contactDeals,
    creditsRemaining: () => credits,
  };
};

const requireForm = (form: RegExp, value: string, what: string): Effect.Effect<void, CrmRejected> =>
  form.test(value)
    ? Effect.void
    : Effect.fail(
        new CrmRejected({
          code: 'INVALID_INPUT',
          field: null,
          message: `CRM needs ${what}`,
          retryable: false,
        }),
      );
