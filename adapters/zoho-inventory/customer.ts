/** A customer of Inventory as the product sees it, and how it is read from the wire (wire/04 §5). */
import { Effect, Predicate, Schema } from 'effect';
import { InventoryMalformed } from './errors.ts';
import { RecordId } from './record-id.ts';

export interface InventoryCustomer {
  readonly id: string;
  /** Unique in the organisation. */
  readonly name: string;
  readonly company: string | null;
  /** `false`: orders are refused until it is made active again. */
  readonly active: boolean;
  /** A vendor is a contact too, and no customer. */
  readonly isCustomer: boolean;
  /** Of the contact and of all its persons, as written there. */
  readonly phones: readonly string[];
  /** Lower case. */
  readonly emails: readonly string[];
  /** As Zoho writes it; empty when Zoho does not say. */
  readonly createdAt: string;
}

const Text = Schema.optionalKey(Schema.NullishOr(Schema.String));
const WirePerson = Schema.Struct({ email: Text, phone: Text, mobile: Text });
const WireCustomer = Schema.Struct({
  contact_id: RecordId,
  contact_name: Text,
  company_name: Text,
  contact_type: Text,
  status: Text,
  email: Text,
  phone: Text,
  mobile: Text,
  created_time: Text,
  contact_persons: Schema.optionalKey(Schema.NullishOr(Schema.Array(WirePerson))),
});

const decode = Schema.decodeUnknownEffect(WireCustomer);

/** Reads `contact`, from a list or on its own; only the latter has its persons. */
export const readCustomer = (row: unknown): Effect.Effect<InventoryCustomer, InventoryMalformed> =>
  decode(row).pipe(
    // Without the schema's own words: they would repeat the customer's data.
    Effect.mapError(
      () =>
        new InventoryMalformed({
          message: "Zoho Inventory sent a contact in an unknown shape; compare it with the adapter's schema",
          retryable: false,
        }),
    ),
    Effect.map((wire) => {
      const places = [wire, ...(wire.contact_persons ?? [])];
      return {
        id: wire.contact_id,
        name: wire.contact_name ?? '',
        company: wire.company_name?.trim() || null,
        active: (wire.status ?? 'active') === 'active',
        isCustomer: (wire.contact_type ?? 'customer') === 'customer',
        phones: known(places.flatMap((place) => [place.phone, place.mobile])),
        emails: known(places.map((place) => place.email?.toLowerCase())),
        createdAt: wire.created_time ?? '',
      };
    }),
  );

const known = (texts: readonly (string | null | undefined)[]): readonly string[] => [
  ...new Set(texts.map((text) => text?.trim() ?? '').filter((text) => text !== '')),
];

/** The contact inside an envelope. */
export const contactOf = (envelope: Readonly<Record<string, unknown>>): unknown =>
  Predicate.isObject(envelope.contact) ? envelope.contact : undefined;
