/** Zoho CRM: who the customer is, what we learn about them, and how their deals stand (domain 11). */
import { Context, Effect, Layer } from 'effect';
import type { LimiterShape } from '../redis/limiter.ts';
import { ZohoToken, type ZohoTokenShape } from '../zoho-oauth/zoho-token.ts';
import type { CrmContact, CrmDeal } from './contact.ts';
import { makeContactSearch } from './contact-search.ts';
import { makeContactWrites, type NewContact } from './contact-writes.ts';
import { makeCrmCalls } from './crm-calls.ts';
import type { DealFields, NewDeal } from './deal.ts';
import { type AttributionMap, type DealMapChanges, dealMapOf, defaultDealMap } from './deal-map.ts';
import { type DealPage, makeDealSearch } from './deal-search.ts';
import { type DealUpdated, makeDealUpdate } from './deal-update.ts';
import { type DealCreated, makeDealWrites } from './deal-writes.ts';
import type { CrmError, CrmWriteError } from './errors.ts';
import { type ContactFields, defaultFieldMap, type FieldMap } from './fields.ts';
import { makeNotes, type NewNote, type NoteParent, type NoteWritten } from './notes.ts';
import type { ContactWritten } from './write-contact.ts';

export type { CrmContact, CrmDeal } from './contact.ts';
export type { NewContact } from './contact-writes.ts';
export type { DealFields, NewDeal } from './deal.ts';
export type { Attribution, AttributionMap, DealMapChanges, DealStage } from './deal-map.ts';
export type { DealPage } from './deal-search.ts';
export type { DealUpdated } from './deal-update.ts';
export type { DealCreated } from './deal-writes.ts';
export type { ContactFields } from './fields.ts';
export type { NewNote, NoteParent, NoteWritten } from './notes.ts';
export type { ContactWritten } from './write-contact.ts';

export interface ZohoCrmConfig {
  /** `https://www.zohoapis.<dc>/crm/v8`. */
  readonly baseUrl: string;
  /** API names that differ between organisations. */
  readonly fields?: Partial<FieldMap>;
  /** The organisation's words for deals, over {@link defaultDealMap}; a call can give settings of its own. */
  readonly deals?: DealMapChanges;
  /** Waits before each look after a lost answer, ms. */
  readonly lookDelaysMs?: readonly number[];
  /** Per attempt, ms; 30 s by default (wire/03 §8). */
  readonly timeoutMs?: number;
  /** Shared by the replicas; default: this client's own. */
  readonly limiter?: LimiterShape;
}

export interface ZohoCrmShape {
  /** The customer with this number, or `null`. Searches all spellings, checks the digits itself (domain 11.1). */
  readonly findContactByPhone: (phone: string) => Effect.Effect<CrmContact | null, CrmError>;
  /** All contacts with this number, the chosen one first. */
  readonly contactsByPhone: (phone: string) => Effect.Effect<readonly CrmContact[], CrmError>;
  /** Creates once: a repeat, or a contact that is already there, gives the same id. */
  readonly createContact: (
    contact: NewContact,
    attribution?: AttributionMap,
  ) => Effect.Effect<ContactWritten, CrmError>;
  readonly updateContact: (id: string, fields: ContactFields) => Effect.Effect<ContactWritten, CrmError>;
  /** The newest deals of a contact, at most 50. */
  readonly contactDeals: (id: string) => Effect.Effect<readonly CrmDeal[], CrmError>;
  readonly deal: (id: string) => Effect.Effect<CrmDeal | null, CrmError>;
  /** A page of at most 200, from 1 to 10, the newest first. */
  readonly deals: (page: number) => Effect.Effect<DealPage, CrmError>;
  /** Creates once for a key, verified by reading; an existing deal is left as it is (domain 11.10). */
  readonly createDeal: (deal: NewDeal, map?: DealMapChanges) => Effect.Effect<DealCreated, CrmWriteError>;
  /** Writes facts, then moves the stage, through the Blueprint where one owns it. Safe to repeat. */
  readonly updateDeal: (
    id: string,
    fields: DealFields,
    map?: DealMapChanges,
  ) => Effect.Effect<DealUpdated, CrmWriteError>;
  /** Writes once for a key. */
  readonly addNote: (parent: NoteParent, note: NewNote) => Effect.Effect<NoteWritten, CrmWriteError>;
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

/** Builds the service; nothing is asked until the first call. */
export const makeZohoCrm = (config: ZohoCrmConfig, token: ZohoTokenShape): ZohoCrmShape => {
  const map: FieldMap = { ...defaultFieldMap, ...config.fields };
  const { call, creditsRemaining } = makeCrmCalls(config, token);

  const search = makeDealSearch(call);
  const { deal, deals, contactDeals } = search;
  const { lookDelaysMs } = config;
  const dealMap = dealMapOf(defaultDealMap, config.deals);

  return {
    ...makeContactSearch(call, map),
    ...makeContactWrites(call, map),
    deal,
    deals,
    contactDeals,
    ...makeDealWrites(call, search, { map: dealMap, lookDelaysMs }),
    ...makeDealUpdate(call, dealMap),
    ...makeNotes(call, lookDelaysMs),
    creditsRemaining,
  };
};
