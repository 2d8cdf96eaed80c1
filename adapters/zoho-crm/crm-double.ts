/** Zoho CRM v8 as a double: contacts, deals and notes with CRM's habits (wire/03 §2 to §6). */
import type { DoubleHandler, DoubleRequest, DoubleResponse } from '../double/double-server.ts';
import type { Clock } from '../zoho-oauth/refresh.ts';
import {
  type CrmDoubleState,
  type CrmRecord,
  type Fields,
  makeCrmStore,
  type RowAnswer,
} from './crm-double-store.ts';

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
    'GET /Contacts/:id/Deals': (request) => {
      if (!request.query.get('fields'))
        return failure(400, 'REQUIRED_PARAM_MISSING', { param_name: 'fields' });
      return page(
        [...state.deals.values()].filter((deal) => idOf(deal.Contact_Name) === request.params.id),
        request,
      );
    },
    'POST /Deals': (request) => eachRow(request, (row) => store.insertDeal(row)),
    'GET /Deals/:id': (request) => one(state.deals.get(request.params.id ?? '')),
    'PUT /Deals/:id': (request) =>
      eachRow(request, (row) => store.update(state.deals, request.params.id ?? '', row)),
    'POST /Notes': (request) => eachRow(request, (row) => store.insertNote(row)),
  };
  return {
    state,
    routes: Object.fromEntries(
      Object.entries(routes).map(([key, handler]) => [key.replace(' ', ' /crm/v8'), guarded(handler)]),
    ),
  };
};

const ROWS_MAX = 100;

const eachRow = (
  request: DoubleRequest,
  handle: (row: Fields, body: { duplicate_check_fields?: unknown }) => RowAnswer,
): DoubleResponse => {
  const body = bodyOf(request);
  if (body === null) return failure(400, 'INVALID_DATA', { expected_data_type: 'jsonobject' });
  if (body.data.length === 0 || body.data.length > ROWS_MAX)
    return failure(400, 'LIMIT_EXCEEDED', { limit: ROWS_MAX });
  const answers = body.data.map((row) => handle(row, body));
  return {
    status: Math.max(...answers.map((answer) => answer.status)),
    body: { data: answers.map((answer) => answer.row) },
  };
};

const bodyOf = (request: DoubleRequest): { data: Fields[]; duplicate_check_fields?: unknown } | null => {
  try {
    const body = request.json() as { data?: unknown } | null;
    return Array.isArray(body?.data) ? (body as { data: Fields[] }) : null;
  } catch {
    return null;
  }
};

const one = (record: CrmRecord | undefined): DoubleResponse =>
  record ? { status: 200, body: { data: [record] } } : { status: 204 };

/** An empty result is 204 without a body (wire/03 §2). */
const page = (records: readonly CrmRecord[], request: DoubleRequest): DoubleResponse => {
  const perPage = Math.min(Number(request.query.get('per_page') ?? 200), 200);
  const number = Number(request.query.get('page') ?? 1);
  const data = records.slice((number - 1) * perPage, number * perPage);
  if (data.length === 0) return { status: 204 };
  const more_records = records.length > number * perPage;
  return {
    status: 200,
    body: { data, info: { per_page: perPage, count: data.length, page: number, more_records } },
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

const idOf = (lookup: unknown): string | null =>
  typeof lookup === 'object' && lookup !== null && 'id' in lookup ? String(lookup.id) : null;

const failure = (status: number, code: string, details: Fields): DoubleResponse => ({
  status,
  body: { code, details, message: code.toLowerCase().replaceAll('_', ' '), status: 'error' },
});

const invalidToken = (request: DoubleRequest): DoubleResponse =>
  request.headers.authorization?.startsWith('Zoho-oauthtoken ')
    ? failure(401, 'INVALID_TOKEN', {})
    : failure(401, 'AUTHENTICATION_FAILURE', {});
