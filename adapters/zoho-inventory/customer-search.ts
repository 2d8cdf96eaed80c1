/**
 * Finds the customer behind a phone, inactive ones included, by exact comparison (domain 9.19). An e-mail address is
 * anybody's to name: it counts only beside the same name, so that an order never lands on a stranger's account.
 */
import { Effect } from 'effect';
import { digitsOf, fitOf, spellingsOf } from '../zoho-crm/phone.ts';
import { contactOf, type InventoryCustomer, readCustomer } from './customer.ts';
import { type InventoryError, InventoryMalformed } from './errors.ts';
import { CONCURRENT_CALLS_MAX, type InventoryCalls } from './inventory-calls.ts';
import { invalidInput } from './new-order.ts';

export interface CustomerFound {
  readonly customer: InventoryCustomer;
  readonly matchedBy: 'phone' | 'email';
  /** Ids of further contacts that fit as well, for a person to merge (lesson F-36). */
  readonly duplicates: readonly string[];
}

export interface KnownPerson {
  readonly email?: string | null | undefined;
  readonly name?: string | null | undefined;
}

/** Rows of one search that are read whole; a search that gives more is no search. */
const CANDIDATES_MAX = 20;
const ACTIVE_FIRST = [undefined, 'Status.Inactive'] as const;
const ID = /^\d{1,25}$/;
const PHONE_DIGITS = /^\d{8,15}$/;

type Query = Readonly<Record<string, string>>;
/** 0: another person; more: fits better. */
type Fit = (customer: InventoryCustomer) => number;

export const makeCustomerSearch = (calls: InventoryCalls) => {
  /** A list row may be stale, and has no persons: the contact itself decides (wire/04 §5). */
  const customerById = Effect.fn('ZohoInventory.customerById')(function* (id: string) {
    if (!ID.test(id)) return yield* invalidInput("reading a contact needs Zoho's id of it");
    const envelope = yield* calls.send({ method: 'GET', path: `/contacts/${id}` });
    return envelope === null ? null : yield* readCustomer(contactOf(envelope));
  });

  const rowsOf = Effect.fn('ZohoInventory.contactRows')(function* (query: Query) {
    const { items, hasMore } = yield* calls.rows(
      '/contacts',
      { ...query, per_page: CANDIDATES_MAX },
      { key: 'contacts' },
    );
    return { rows: yield* Effect.forEach(items, readCustomer), hasMore };
  });

  /** Customers of any of these searches that fit, best first. */
  const fitting = Effect.fn('ZohoInventory.fitting')(function* (queries: readonly Query[], fitness: Fit) {
    const pages = yield* Effect.forEach(queries, rowsOf, { concurrency: CONCURRENT_CALLS_MAX });
    const ids = [...new Set(pages.flatMap((page) => page.rows.map((row) => row.id)))];
    const read = yield* Effect.forEach(ids, customerById, { concurrency: CONCURRENT_CALLS_MAX });
    const found = read
      .filter((customer) => customer !== null)
      .filter((customer) => customer.isCustomer && fitness(customer) > 0)
      .sort((a, b) => Number(b.active) - Number(a.active) || fitness(b) - fitness(a) || older(a, b));
    if (found.length === 0 && pages.some((page) => page.hasMore)) return yield* ignoredFilter;
    return found;
  });

  const byPhone = Effect.fn('ZohoInventory.customersByPhone')(function* (phone: string) {
    const { first, others } = spellingsOf(phone);
    const fitness: Fit = (customer) =>
      Math.max(0, ...customer.phones.map((stored) => RANK[fitOf(stored, phone) ?? 'no']));
    const searches: readonly (readonly Query[])[] = [
      [{ phone: first }],
      others.map((spelling) => ({ phone: spelling })),
      [first, ...others].map((spelling) => ({ phone: spelling, filter_by: 'Status.Inactive' })),
    ];
    return yield* firstFound(searches, (queries) => fitting(queries, fitness));
  });

  const byEmail = Effect.fn('ZohoInventory.customersByEmail')(function* (email: string, name: string) {
    const wanted = email.trim().toLowerCase();
    const fitness: Fit = (customer) =>
      customer.emails.includes(wanted) && sameName(withoutPhone(customer.name), name) ? 1 : 0;
    return yield* firstFound(
      ACTIVE_FIRST.map((status) => [withStatus({ email: wanted }, status)]),
      (queries) => fitting(queries, fitness),
    );
  });

  /** The holder of exactly this name, or `null`. */
  const customerByName = Effect.fn('ZohoInventory.customerByName')(function* (name: string) {
    for (const status of ACTIVE_FIRST) {
      const { rows, hasMore } = yield* rowsOf(withStatus({ contact_name: name }, status));
      const row = rows.find((candidate) => sameName(candidate.name, name));
      if (row !== undefined) return yield* customerById(row.id);
      if (hasMore) return yield* ignoredFilter;
    }
    return null;
  });

  /** `known`: what else is known of the person; the e-mail is looked for only together with the name. */
  const findCustomer = Effect.fn('ZohoInventory.findCustomer')(function* (
    phone: string,
    known: KnownPerson = {},
  ) {
    const { email, name } = known;
    if (!PHONE_DIGITS.test(digitsOf(phone)))
      return yield* invalidInput('finding a customer needs a phone number of 8 to 15 digits');
    const withPhone = yield* byPhone(phone);
    const found =
      withPhone.length > 0 || !email?.trim() || !name?.trim() ? withPhone : yield* byEmail(email, name);
    const [customer, ...others] = found;
    if (customer === undefined) return null;
    const matchedBy = withPhone.length > 0 ? 'phone' : 'email';
    return { customer, matchedBy, duplicates: others.map((other) => other.id) } satisfies CustomerFound;
  });
  return { findCustomer, customerById, customerByName };
};

const RANK = { exact: 2, national: 1, no: 0 } as const;

const firstFound = (
  searches: readonly (readonly Query[])[],
  run: (queries: readonly Query[]) => Effect.Effect<readonly InventoryCustomer[], InventoryError>,
): Effect.Effect<readonly InventoryCustomer[], InventoryError> =>
  Effect.gen(function* () {
    for (const queries of searches) {
      const found = yield* run(queries);
      if (found.length > 0) return found;
    }
    return [];
  });

const withStatus = (query: Query, status: string | undefined): Query =>
  status === undefined ? query : { ...query, filter_by: status };

/** Zoho compares names without regard to case. */
const sameName = (a: string, b: string): boolean => plainName(a) === plainName(b);
const plainName = (name: string): string => name.trim().replace(/\s+/g, ' ').toLocaleLowerCase('en');

/** Our own names carry the phone: `Alex Sample (+15555550142)`. */
const withoutPhone = (name: string): string => name.replace(/(?:(?<!\s)\s+)?\(\+?\d{1,20}\)\s*$/, '');

/** The oldest is the customer; ids of one organisation grow with time. */
const older = (a: InventoryCustomer, b: InventoryCustomer): number =>
  a.id.length - b.id.length || (a.id < b.id ? -1 : 1);

/** "Not among these" is not "not in Inventory": a false absence would lead to a second customer. */
const ignoredFilter = Effect.fail(
  new InventoryMalformed({
    message: 'Zoho Inventory ignored the filter of contacts and has further pages; look in Inventory itself',
    retryable: false,
  }),
);
