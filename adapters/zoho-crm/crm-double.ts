/** Zoho CRM v8 as a double: contacts, deals and notes with CRM's habits (wire/03 §2 to §6). */
import type { DoubleHandler, DoubleRequest, DoubleResponse } from '../double/double-server.ts';
import type { Clock } from '../zoho-oauth/refresh.ts';
import { dealRoutes, noteRoutes } from './crm-double-deals.ts';
import { type CrmDoubleState, type CrmRecord, makeCrmStore } from './crm-double-store.ts';
import { eachRow, failure, one, page } from './crm-double-wire.ts';

export type { CrmDoubleState, CrmRecord } from './crm-double-store.ts';

export interface CrmDouble {
  readonly state: CrmDoubleState;
  readonly routes: Readonly<Record<string, DoubleHandler>>;
}

export const makeCrmDouble = (clock: Clock, isAuthorized: (request: DoubleRequest) => boolean): CrmDouble => {
  const store = makeCrmStore(clock);
  const { state } = store;

  const guarded =
    (handler: DoubleHandler): DoubleHandler =>
    async (request) => {
      const answer = isAuthorized(request) ? await handler(request) : invalidToken(request);
      if (state.creditsRemaining === null) return answer;
      return {
        ...answer,
        headers: { ...answer.headers, 'X-API-CREDITS-REMAINING': String(state.creditsRemaining) },
      };
    };

  const routes: Record<string, DoubleHandler> = {
    'GET /Contacts/search': (request) => {
      const digits = (request.query.get('phone') ?? '').replace(/\D/g, '').replace(/^00/, '');
      if (digits === '') return failure(400, 'REQUIRED_PARAM_MISSING', { param_name: 'phone' });
      return page(
        [...state.contacts.values()].filter(
          (contact) => store.isIndexed(contact) && hasPhone(contact, digits),
        ),
        request,
      );
    },
    'POST /Contacts/upsert': (request) =>
      eachRow(request, (row, body) => store.upsert(row, body.duplicate_check_fields)),
    'POST /Contacts': (request) => eachRow(request, (row) => store.insert(row)),
    'GET /Contacts/:id': (request) => one(state.contacts.get(request.params.id ?? '')),
    'PUT /Contacts/:id': (request) =>
      eachRow(request, (row) => store.update(state.contacts, request.params.id ?? '', row)),
    ...dealRoutes(store),
    ...noteRoutes(store),
  };
  return {
    state,
    routes: Object.fromEntries(
      Object.entries(routes).map(([key, handler]) => [key.replace(' ', ' /crm/v8'), guarded(handler)]),
    ),
  };
};

const phonesOf = new WeakMap<CrmRecord, readonly string[]>();

/** CRM's phone search looks at all phone fields and is not strict: it also finds what merely contains the digits. */
const hasPhone = (contact: CrmRecord, digits: string): boolean => {
  const known = phonesOf.get(contact);
  const phones =
    known ?? [contact.Phone, contact.Mobile].map((value) => String(value ?? '').replace(/\D/g, ''));
  if (!known) phonesOf.set(contact, phones);
  return phones.some((phone) => phone.includes(digits));
};

const invalidToken = (request: DoubleRequest): DoubleResponse =>
  request.headers.authorization?.startsWith('Zoho-oauthtoken ')
    ? failure(401, 'INVALID_TOKEN', {})
    : failure(401, 'AUTHENTICATION_FAILURE', {});
