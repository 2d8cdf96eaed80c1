/** Creates customers once, and wakes sleeping ones. Names are unique in Zoho, so ours carry the phone (wire/04 §5). */
import { Effect } from 'effect';
import { canonicalPhone, digitsOf, fitOf } from '../zoho-crm/phone.ts';
import { isUnknown, LOOK_DELAYS_MS, lookRepeatedly, UNVERIFIED_PAUSE_MS } from '../zoho-oauth/read-back.ts';
import { contactOf, type InventoryCustomer, readCustomer } from './customer.ts';
import type { CustomerFound, KnownPerson } from './customer-search.ts';
import {
  InventoryConflict,
  type InventoryError,
  InventoryRejected,
  InventoryUnverified,
  type InventoryWriteError,
} from './errors.ts';
import type { InventoryCalls } from './inventory-calls.ts';
import { invalidInput } from './new-order.ts';
import type { WriteTimes } from './order-writes.ts';
import { CREATE_TIMEOUT_MS } from './order-writes.ts';

export interface NewCustomer {
  readonly name: string;
  /** Any spelling; stored as E.164. */
  readonly phone: string;
  readonly email?: string | null | undefined;
  readonly company?: string | null | undefined;
  /** One line; where to deliver. */
  readonly address?: string | null | undefined;
}

export interface CustomerWritten {
  readonly customer: InventoryCustomer;
  readonly outcome: 'created' | 'existing' | 'reactivated';
}

export interface CustomerReads {
  readonly findCustomer: (
    phone: string,
    known?: KnownPerson,
  ) => Effect.Effect<CustomerFound | null, InventoryError>;
  readonly customerById: (id: string) => Effect.Effect<InventoryCustomer | null, InventoryError>;
  readonly customerByName: (name: string) => Effect.Effect<InventoryCustomer | null, InventoryError>;
}

/** Zoho's limit of `contact_name`, and our limits of the rest, characters. */
const NAME_MAX = 200;
const TEXT_MAX = 100;
const ADDRESS_MAX = 500;
const NAME_TAKEN = '3062';
const PHONE_DIGITS = /^\d{8,15}$/;

/** The name in Zoho: `Alex Sample (+15555550142)`. Two customers of one name stay two, and a repeat meets itself. */
export const customerName = (name: string, phone: string): string => {
  const suffix = ` (${canonicalPhone(phone)})`;
  return `${name
    .trim()
    .replace(/\s+/g, ' ')
    .slice(0, NAME_MAX - suffix.length)}${suffix}`;
};

export const makeCustomerWrites = (calls: InventoryCalls, reads: CustomerReads, times: WriteTimes) => {
  const timeoutMs = times.createTimeoutMs ?? CREATE_TIMEOUT_MS;
  const delaysMs = times.lookDelaysMs ?? LOOK_DELAYS_MS;

  /** Makes a contact active again; a repeat is harmless, and the contact itself tells how it ended. */
  const activateCustomer = Effect.fn('ZohoInventory.activateCustomer')(function* (id: string) {
    const before = yield* reads.customerById(id);
    if (before === null) return yield* noSuchContact;
    if (before.active) return before;
    const failure = yield* Effect.match(
      calls.send({ method: 'POST', path: `/contacts/${id}/active`, timeoutMs }),
      {
        onSuccess: () => null,
        onFailure: (error) => error,
      },
    );
    const after = yield* reads.customerById(id);
    if (after?.active) return after;
    return yield* failure ?? unverified('it is still inactive');
  });

  /** The holder of the wanted name: this customer, or a stranger in the way. */
  const take = Effect.fn('ZohoInventory.takeCustomer')(function* (
    wanted: NewCustomer,
    holder: InventoryCustomer,
  ) {
    const differences = differencesOf(wanted, holder);
    if (differences.length > 0) return yield* conflict(holder.id, differences);
    if (holder.active) return { customer: holder, outcome: 'existing' } satisfies CustomerWritten;
    const customer = yield* activateCustomer(holder.id);
    return { customer, outcome: 'reactivated' } satisfies CustomerWritten;
  });

  const settle = Effect.fn('ZohoInventory.settleCustomer')(function* (
    wanted: NewCustomer,
    why: InventoryError,
  ) {
    const taken = why instanceof InventoryRejected && why.code === NAME_TAKEN;
    if (!taken && !isUnknown(why)) return yield* why;
    const look = reads.customerByName(customerName(wanted.name, wanted.phone));
    const holder = yield* lookRepeatedly(look, taken ? [0, ...delaysMs] : delaysMs).pipe(
      Effect.mapError((error) => unverified(error.message)),
    );
    return yield* holder === null ? Effect.fail(unverified(why.message)) : take(wanted, holder);
  });

  const post = Effect.fn('ZohoInventory.postCustomer')(function* (wanted: NewCustomer) {
    const envelope = yield* calls.send({
      method: 'POST',
      path: '/contacts',
      json: wireCustomer(wanted),
      timeoutMs,
    });
    return yield* envelope === null ? Effect.fail(noSuchContact) : readCustomer(contactOf(envelope));
  });

  const createCustomer = Effect.fn('ZohoInventory.createCustomer')(function* (wanted: NewCustomer) {
    yield* requireCustomer(wanted);
    return yield* post(wanted).pipe(
      Effect.matchEffect({
        onSuccess: (customer): Effect.Effect<CustomerWritten, InventoryWriteError> =>
          Effect.succeed({ customer, outcome: 'created' }),
        onFailure: (why) => settle(wanted, why),
      }),
    );
  });

  /** Domain 9.19 in one call: found (and woken), or created. */
  const ensureCustomer = Effect.fn('ZohoInventory.ensureCustomer')(function* (wanted: NewCustomer) {
    yield* requireCustomer(wanted);
    const found = yield* reads.findCustomer(wanted.phone, wanted);
    if (found === null) return yield* createCustomer(wanted);
    if (found.duplicates.length > 0) {
      const ids = { chosen: found.customer.id, duplicates: found.duplicates };
      yield* Effect.logWarning('several Inventory contacts fit one customer: merge them in Inventory', ids);
    }
    if (found.customer.active)
      return { customer: found.customer, outcome: 'existing' } satisfies CustomerWritten;
    const customer = yield* activateCustomer(found.customer.id);
    return { customer, outcome: 'reactivated' } satisfies CustomerWritten;
  });
  return { createCustomer, activateCustomer, ensureCustomer };
};

const requireCustomer = (wanted: NewCustomer): Effect.Effect<void, InventoryRejected> => {
  if (wanted.name.trim() === '') return Effect.fail(invalidInput('a customer needs a name'));
  return PHONE_DIGITS.test(digitsOf(wanted.phone))
    ? Effect.void
    : Effect.fail(invalidInput('a customer needs a phone number of 8 to 15 digits'));
};

/** The body of `POST /contacts`. */
const wireCustomer = (wanted: NewCustomer): Readonly<Record<string, unknown>> => {
  const phone = canonicalPhone(wanted.phone);
  const words = wanted.name.trim().split(/\s+/);
  const first = words.slice(0, -1).join(' ') || words.at(-1) || '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  const address = wanted.address?.trim().slice(0, ADDRESS_MAX);
  return {
    contact_name: customerName(wanted.name, wanted.phone),
    contact_type: 'customer',
    ...(wanted.company?.trim() ? { company_name: wanted.company.trim().slice(0, NAME_MAX) } : {}),
    ...(address ? { billing_address: { address }, shipping_address: { address } } : {}),
    contact_persons: [
      {
        first_name: first.slice(0, TEXT_MAX),
        ...(last === '' ? {} : { last_name: last.slice(0, TEXT_MAX) }),
        ...(wanted.email?.trim() ? { email: wanted.email.trim() } : {}),
        phone,
        mobile: phone,
        is_primary_contact: true,
      },
    ],
  };
};

/** By which facts the holder of our name is somebody else. */
const differencesOf = (wanted: NewCustomer, holder: InventoryCustomer): readonly string[] => {
  const email = wanted.email?.trim().toLowerCase();
  return [
    ...(holder.isCustomer ? [] : ['type']),
    ...(holder.phones.some((stored) => fitOf(stored, wanted.phone) !== null) ? [] : ['phone']),
    ...(!email || holder.emails.length === 0 || holder.emails.includes(email) ? [] : ['email']),
  ];
};

const conflict = (id: string, differences: readonly string[]): InventoryConflict =>
  new InventoryConflict({
    what: 'customer',
    id,
    differences,
    message: `Zoho Inventory has a contact of this name with another ${differences.join(', ')}: compare it in Inventory (contact ${id}) and correct or rename it`,
    retryable: false,
  });

const unverified = (why: string): InventoryUnverified =>
  new InventoryUnverified({
    message: `whether Zoho Inventory has the customer is not known (${why}); it is looked for again before anything is repeated`,
    retryable: true,
    retryAfterMs: UNVERIFIED_PAUSE_MS,
  });

const noSuchContact = new InventoryRejected({
  code: '1002',
  status: 404,
  message: 'Zoho Inventory has no such contact',
  retryable: false,
});
