/** A CRM contact and a deal as the product sees them, and how they are read from the wire (domain 11.5, wire/03). */
import { Effect, Schema } from 'effect';
import { toMoney } from '../zoho-oauth/exact-json.ts';
import { CrmMalformed } from './errors.ts';

export interface CrmContact {
  /** 15 to 19 digits, always text. */
  readonly id: string;
  readonly name: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly phone: string | null;
  readonly mobile: string | null;
  readonly email: string | null;
  readonly company: string | null;
  /** The first segment, when CRM keeps a list (domain 11.4). */
  readonly segment: string | null;
  /** All of them. */
  readonly segments: readonly string[];
  readonly leadSource: string | null;
  /** RFC 3339 as CRM writes it; `null` when CRM does not say. */
  readonly createdAt: string | null;
}

export interface CrmDeal {
  readonly id: string;
  readonly name: string;
  readonly stage: string;
  /** Decimal text with two places, or `null`. */
  readonly amount: string | null;
  readonly closingDate: string | null;
  /** CRM's id of its contact. */
  readonly contactId: string | null;
  readonly modifiedAt: string | null;
}

const Text = Schema.NullishOr(Schema.String);
/** A look-up field is an object; a migrated organisation may have plain text. */
const Lookup = Schema.NullishOr(
  Schema.Union([Schema.String, Schema.Struct({ name: Schema.optionalKey(Text) })]),
);
const Segment = Schema.NullishOr(Schema.Union([Schema.String, Schema.Array(Schema.String)]));

const WireContact = Schema.Struct({
  id: Schema.NonEmptyString,
  Full_Name: Schema.optionalKey(Text),
  First_Name: Schema.optionalKey(Text),
  Last_Name: Schema.optionalKey(Text),
  Phone: Schema.optionalKey(Text),
  Mobile: Schema.optionalKey(Text),
  Email: Schema.optionalKey(Text),
  Account_Name: Schema.optionalKey(Lookup),
  Lead_Source: Schema.optionalKey(Text),
  Created_Time: Schema.optionalKey(Text),
});

const WireDeal = Schema.Struct({
  id: Schema.NonEmptyString,
  Deal_Name: Schema.optionalKey(Text),
  Stage: Schema.optionalKey(Text),
  Amount: Schema.optionalKey(Text),
  Closing_Date: Schema.optionalKey(Text),
  Contact_Name: Schema.optionalKey(
    Schema.NullishOr(Schema.Union([Schema.String, Schema.Struct({ id: Schema.optionalKey(Text) })])),
  ),
  Modified_Time: Schema.optionalKey(Text),
});

const decodeContact = Schema.decodeUnknownEffect(WireContact);
const decodeDeal = Schema.decodeUnknownEffect(WireDeal);
const decodeSegment = Schema.decodeUnknownOption(Segment);

/** Reads a contact; `segmentField` is the API name of the organisation's own field. */
export const readContact = (row: unknown, segmentField: string): Effect.Effect<CrmContact, CrmMalformed> =>
  decodeContact(row).pipe(
    Effect.mapError(() => unknownShape('a contact')),
    Effect.map((wire) => {
      const firstName = orNull(wire.First_Name);
      const lastName = orNull(wire.Last_Name);
      const segments = segmentsOf(row, segmentField);
      return {
        id: wire.id,
        name: orNull(wire.Full_Name) ?? [firstName, lastName].filter((part) => part !== null).join(' '),
        firstName,
        lastName,
        phone: orNull(wire.Phone),
        mobile: orNull(wire.Mobile),
        email: orNull(wire.Email),
        company: companyOf(wire.Account_Name),
        segment: segments[0] ?? null,
        segments,
        leadSource: orNull(wire.Lead_Source),
        createdAt: orNull(wire.Created_Time),
      };
    }),
  );

export const readDeal = (row: unknown): Effect.Effect<CrmDeal, CrmMalformed> =>
  decodeDeal(row).pipe(
    Effect.mapError(() => unknownShape('a deal')),
    Effect.map((wire) => ({
      id: wire.id,
      name: wire.Deal_Name ?? '',
      stage: wire.Stage ?? '',
      amount: wire.Amount ? toMoney(wire.Amount) : null,
      closingDate: orNull(wire.Closing_Date),
      contactId: typeof wire.Contact_Name === 'object' ? orNull(wire.Contact_Name?.id) : null,
      modifiedAt: orNull(wire.Modified_Time),
    })),
  );

const orNull = (text: string | null | undefined): string | null => text?.trim() || null;

const companyOf = (lookup: typeof Lookup.Type): string | null =>
  orNull(typeof lookup === 'string' ? lookup : lookup?.name);

const segmentsOf = (row: unknown, field: string): readonly string[] => {
  const decoded = decodeSegment((row as Record<string, unknown>)[field]);
  const value = decoded._tag === 'Some' ? (decoded.value ?? []) : [];
  return (typeof value === 'string' ? [value] : value)
    .map((text) => text.trim())
    .filter((text) => text !== '');
};

/** Without the schema's own words: they would repeat the customer's data. */
const unknownShape = (what: string): CrmMalformed =>
  new CrmMalformed({
    message: `Zoho CRM sent ${what} in an unknown shape; compare it with the adapter's schema`,
    retryable: false,
  });
