/** Reads deals: one, a page, a contact's, and the one that a key made. */
import { Effect } from 'effect';
import { readPage, readRows } from './answer.ts';
import { type CrmDeal, readDeal } from './contact.ts';
import type { CrmCall } from './crm-calls.ts';
import { codedName, type NewDeal } from './deal.ts';
import { type CrmError, CrmRejected } from './errors.ts';
import { requireRecordId } from './input.ts';

export interface DealPage {
  readonly items: readonly CrmDeal[];
  readonly hasMore: boolean;
}

const FIELDS = 'Deal_Name,Stage,Amount,Closing_Date,Contact_Name,Modified_Time';
const NEWEST_FIRST = { sort_by: 'Modified_Time', sort_order: 'desc' } as const;
const DEALS_MAX = 50;
const PAGE_SIZE = 200;
/** Further pages need CRM's page tokens (wire/03 §6). */
const PAGES_MAX = 10;

export type KeyLookup =
  | { readonly kind: 'found'; readonly deal: CrmDeal }
  | { readonly kind: 'absent' }
  /** The organisation has no such field. */
  | { readonly kind: 'noField' };

export const makeDealSearch = (call: CrmCall) => {
  const deal = Effect.fn('ZohoCrm.deal')(function* (id: string) {
    yield* requireRecordId(id);
    const [row] = yield* readRows(yield* call({ method: 'GET', path: `/Deals/${id}` }));
    return row === undefined ? null : yield* readDeal(row);
  });

  const deals = Effect.fn('ZohoCrm.deals')(function* (page: number) {
    const query = { fields: FIELDS, per_page: PAGE_SIZE, page: Math.min(page, PAGES_MAX), ...NEWEST_FIRST };
    const read = yield* readPage(yield* call({ method: 'GET', path: '/Deals', query }));
    const items = yield* Effect.forEach(read.rows, readDeal);
    return { items, hasMore: read.hasMore && page < PAGES_MAX } satisfies DealPage;
  });

  const pageOf = Effect.fn('ZohoCrm.pageOfDeals')(function* (contactId: string, page: number, size: number) {
    const query = { fields: FIELDS, per_page: size, page, ...NEWEST_FIRST };
    const read = yield* readPage(yield* call({ method: 'GET', path: `/Contacts/${contactId}/Deals`, query }));
    return { items: yield* Effect.forEach(read.rows, readDeal), hasMore: read.hasMore };
  });

  const contactDeals = Effect.fn('ZohoCrm.contactDeals')(function* (id: string) {
    yield* requireRecordId(id);
    const { items } = yield* pageOf(id, 1, DEALS_MAX);
    return items.toSorted(newerFirst);
  });

  /** By the unique field. The search index lags by seconds, so "absent" is a hint; the upsert decides. */
  const byKey = Effect.fn('ZohoCrm.dealByKey')(function* (field: string, key: string) {
    const query = { criteria: `(${field}:equals:${escaped(key)})`, per_page: 2 };
    const rows = yield* readRows(yield* call({ method: 'GET', path: '/Deals/search', query }));
    const row = rows.find((candidate) => (candidate as Record<string, unknown> | null)?.[field] === key);
    return row === undefined
      ? ({ kind: 'absent' } satisfies KeyLookup)
      : ({ kind: 'found', deal: yield* readDeal(row) } satisfies KeyLookup);
  });

  const lookUp = (field: string, key: string): Effect.Effect<KeyLookup, CrmError> =>
    byKey(field, key).pipe(
      Effect.catch((error) =>
        error instanceof CrmRejected && NO_SUCH_FIELD.has(error.code)
          ? Effect.succeed({ kind: 'noField' } satisfies KeyLookup)
          : Effect.fail(error),
      ),
    );

  /** By its coded name among the contact's deals: a related list is read from the records, so it does not lag. */
  const byCode = Effect.fn('ZohoCrm.dealByCode')(function* (wanted: NewDeal) {
    const name = codedName(wanted.name, wanted.key);
    const code = name.slice(name.lastIndexOf('['));
    for (let page = 1; page <= PAGES_MAX; page++) {
      const { items, hasMore } = yield* pageOf(wanted.contactId, page, PAGE_SIZE);
      const found = items.find((candidate) => candidate.name.endsWith(code));
      if (found !== undefined || !hasMore) return found ?? null;
    }
    return null;
  });
  return { deal, deals, contactDeals, lookUp, byCode };
};

/** What CRM says of a criterion on a field it does not have. */
const NO_SUCH_FIELD = new Set(['INVALID_QUERY', 'INVALID_DATA']);

/** Brackets and commas are the criteria's own signs (wire/03 §2). */
const escaped = (value: string): string => value.replace(/[\\(),]/g, '\\$&');

const newerFirst = (a: CrmDeal, b: CrmDeal): number => timeOf(b) - timeOf(a) || (a.id < b.id ? 1 : -1);

const timeOf = (deal: CrmDeal): number => {
  const at = Date.parse(deal.modifiedAt ?? '');
  return Number.isNaN(at) ? 0 : at;
};
