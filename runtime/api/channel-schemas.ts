/** WhatsApp channels and templates, as the API says them. Times are RFC 3339, UTC. */
import { Schema } from 'effect';

/** `GET /channels`. */
export const ChannelView = Schema.Struct({
  id: Schema.String,
  name: Schema.NullOr(Schema.String),
  /** The shop's own number. */
  phone: Schema.NullOr(Schema.String),
  /** `whatsapp` (personal) or `wapi` (WhatsApp Business). */
  transport: Schema.NullOr(Schema.String),
  state: Schema.String,
  maySend: Schema.Boolean,
  /** Follow-ups, reminders and other messages that the customer did not ask for. */
  mayReachOut: Schema.Boolean,
  /** What a person has to do; empty when all is well. */
  advice: Schema.String,
  since: Schema.String,
  checkedAt: Schema.String,
});
export type ChannelView = typeof ChannelView.Type;

/** `GET /templates`. */
export const TemplateView = Schema.Struct({
  id: Schema.String,
  name: Schema.NullOr(Schema.String),
  title: Schema.NullOr(Schema.String),
  language: Schema.NullOr(Schema.String),
  /** Only `approved` ones can be sent. */
  status: Schema.String,
  /** With `{{n}}` for blanks. */
  text: Schema.String,
  /** How many values it wants. */
  blanks: Schema.Int,
  /** Where it may be used; empty: everywhere. */
  channelIds: Schema.Array(Schema.String),
  since: Schema.String,
});
export type TemplateView = typeof TemplateView.Type;
