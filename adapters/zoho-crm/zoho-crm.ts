/** Zoho CRM: who the customer is, and what we learn about them (domain 11). */
import { Context, Effect, Layer } from 'effect';
import { ZohoToken, type ZohoTokenShape } from '../zoho-oauth/zoho-token.ts';
import { readRows } from './answer.ts';
import { type CrmContact, type CrmDeal, readDeal } from './contact.ts';
import { makeContactSearch } from './contact-search.ts';
import { makeContactWrites, type NewContact } from './contact-writes.ts';
import { makeCrmCalls } from './crm-calls.ts';
import type { CrmError } from './errors.ts';
import { type ContactFields, defaultFieldMap, type FieldMap } from './fields.ts';
import { requireRecordId } from './input.ts';
import type { ContactWritten } from './write-contact.ts';

export type { CrmContact, CrmDeal } from './contact.ts';
export type { NewContact } from './contact-writes.ts';
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

const DEALS_MAX = 50;

/** Builds the service; nothing is asked until the first call. */
export const makeZohoCrm = (config: ZohoCrmConfig, token: ZohoTokenShape): ZohoCrmShape => {
  const map: FieldMap = { ...defaultFieldMap, ...config.fields };
  const { call, creditsRemaining } = makeCrmCalls(config, token);

  const contactDeals = Effect.fn('ZohoCrm.contactDeals')(function* (id: string) {
    yield* requireRecordId(id);
    const query = { fields: 'Deal_Name,Stage,Amount,Closing_Date,Modified_Time', per_page: DEALS_MAX };
    const rows = yield* readRows(yield* call({ method: 'GET', path: `/Contacts/${id}/Deals`, query }));
    return yield* Effect.forEach(rows, readDeal);
  });

  return {
    ...makeContactSearch(call, map),
    ...makeContactWrites(call, map),
    contactDeals,
    creditsRemaining,
  };
};
