/** The webhook's wire shapes (wire/01 §5). Required fields are strict; optional ones of a wrong type read as absent. */
import { Effect, Option, Schema } from 'effect';
import type { DeliveryStatus } from './items.ts';

/** Longest ids and names taken over; longer ones are not the vendor's (G10). */
export const MAX_ID_CHARS = 200;
export const MAX_NAME_CHARS = 200;
const MAX_URI_CHARS = 4096;

/** NUL and lone surrogates cannot be stored by Postgres: one of them must not make an event unstorable. */
export const clean = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();

/** Cuts by UTF-16 units without leaving half a character. */
export const cut = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(max - 1)) ? max - 1 : max;
  return text.slice(0, end);
};

/** A decoder that reads a missing, null or wrongly typed value as `null`: a bad avatar must not cost a message. */
const lenient = <A, I>(schema: Schema.Codec<A, I>) =>
  Schema.optionalKey(
    Schema.NullishOr(schema).pipe(Schema.catchDecoding(() => Effect.succeed(Option.some(null)))),
  );

/** What {@link clean} leaves must tell something: an id of NUL characters alone would be everybody's empty id. */
const told = Schema.makeFilter((text: string) => (clean(text) === '' ? 'is empty' : undefined));
const Id = Schema.String.check(Schema.isMaxLength(MAX_ID_CHARS), told);
const State = Schema.String.check(Schema.isMaxLength(64), told);
const Uri = Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(MAX_URI_CHARS));

/** A moment: ISO text (without a zone it means UTC, wire/01 §5.3) or ms since the epoch. */
const Moment = Schema.Union([Schema.String, Schema.Number]);

const WireError = Schema.Union([
  Schema.String,
  Schema.Struct({ error: lenient(Schema.String), description: lenient(Schema.String) }),
]);

const Quoted = Schema.Struct({ messageId: lenient(Id), text: lenient(Schema.String) });
const Contact = Schema.Struct({ name: lenient(Schema.String) });
const Pressed = Schema.Struct({ text: lenient(Schema.String), payload: lenient(Schema.String) });

export const WireMessage = Schema.Struct({
  messageId: Id,
  channelId: Id,
  chatId: Id,
  dateTime: Moment,
  chatType: lenient(Schema.String),
  type: lenient(Schema.String),
  status: lenient(Schema.String),
  text: lenient(Schema.String),
  contentUri: lenient(Uri),
  authorType: lenient(Schema.String),
  authorName: lenient(Schema.String),
  isEcho: lenient(Schema.Boolean),
  sentFromApp: lenient(Schema.Boolean),
  isEdited: lenient(Schema.Boolean),
  isDeleted: lenient(Schema.Boolean),
  quotedMessage: lenient(Quoted),
  interactive: lenient(Schema.Array(Pressed)),
  contact: lenient(Contact),
  error: lenient(WireError),
});
export type WireMessage = typeof WireMessage.Type;

export const WireStatus = Schema.Struct({
  messageId: Id,
  status: Schema.String,
  timestamp: lenient(Moment),
  error: lenient(WireError),
});
export type WireStatus = typeof WireStatus.Type;

export const WireChannelUpdate = Schema.Struct({
  channelId: Id,
  state: State,
  timestamp: lenient(Moment),
});

export const WireTemplateStatus = Schema.Struct({
  templateGuid: Id,
  name: lenient(Schema.String),
  status: State,
});

/** Ms since the epoch, or `null` when it is no moment. */
export const momentOf = (value: string | number | null | undefined): number | null => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return isStorableMs(value) ? Math.trunc(value) : null;
  const iso = /^\d{4}-\d{2}-\d{2}T[\d:.]+$/.test(value) ? `${value}Z` : value;
  const ms = Date.parse(iso);
  return isStorableMs(ms) ? ms : null;
};

/** Year 2000 to year 2200: outside it is a unit mistake or nonsense, and would spoil the order of messages. */
const isStorableMs = (ms: number): boolean => ms >= 946_684_800_000 && ms < 7_258_118_400_000;

export const errorOf = (
  error: WireMessage['error'],
): { readonly code: string; readonly description: string } | null => {
  if (error === null || error === undefined) return null;
  if (typeof error === 'string') return { code: cut(clean(error), MAX_NAME_CHARS), description: '' };
  return {
    code: cut(clean(error.error ?? 'UNKNOWN_ERROR'), MAX_NAME_CHARS),
    description: cut(clean(error.description ?? ''), 500),
  };
};

/** A field of the right type with a value that means nothing. */
export interface BadField {
  readonly field: string;
  readonly reason: string;
}

export const deliveryStatusOf = (status: string | null | undefined): DeliveryStatus | null => {
  const known = status?.toLowerCase();
  return known === 'sent' || known === 'delivered' || known === 'read' || known === 'error' ? known : null;
};
