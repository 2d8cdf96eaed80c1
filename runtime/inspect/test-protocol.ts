/** What a viewer of `@statelyai/inspect` 0.7.2 is promised of each frame, from its types and its wire (wire/10 §2). */
import { Schema } from 'effect';

const EventObject = Schema.StructWithRest(Schema.Struct({ type: Schema.NonEmptyString }), [
  Schema.Record(Schema.String, Schema.Unknown),
]);

/** Of a machine; promises and callbacks, which we send none of, have no `value`. */
const Snapshot = Schema.Struct({
  status: Schema.Literals(['active', 'done', 'error', 'stopped']),
  value: Schema.Union([Schema.String, Schema.Record(Schema.String, Schema.Unknown)]),
  context: Schema.Record(Schema.String, Schema.Unknown),
  historyValue: Schema.Record(Schema.String, Schema.Unknown),
  tags: Schema.Array(Schema.String),
  children: Schema.Record(Schema.String, Schema.Unknown),
  output: Schema.optionalKey(Schema.Unknown),
  error: Schema.optionalKey(Schema.Unknown),
});

const common = {
  sessionId: Schema.NonEmptyString,
  rootId: Schema.NonEmptyString,
  /** Epoch milliseconds as text. */
  createdAt: Schema.String.check(Schema.isPattern(/^\d{13}$/)),
  _version: Schema.String.check(Schema.isPattern(/^\d+\.\d+\.\d+$/)),
  /** Reserved; the package sends null. */
  id: Schema.Null,
};

export const InspectFrame = Schema.Union([
  Schema.Struct({
    type: Schema.Literal('@xstate.actor'),
    ...common,
    name: Schema.NonEmptyString,
    parentId: Schema.optionalKey(Schema.String),
    /** The machine's config as JSON text. */
    definition: Schema.optionalKey(Schema.String),
    snapshot: Snapshot,
  }),
  Schema.Struct({
    type: Schema.Literal('@xstate.event'),
    ...common,
    event: EventObject,
    sourceId: Schema.optionalKey(Schema.String),
  }),
  Schema.Struct({
    type: Schema.Literal('@xstate.snapshot'),
    ...common,
    event: EventObject,
    snapshot: Snapshot,
  }),
]);
export type InspectFrame = typeof InspectFrame.Type;

const decode = Schema.decodeUnknownSync(InspectFrame, { onExcessProperty: 'error' });

/** The frame as it arrives, over JSON; throws with the path of what the protocol does not know. */
export const asReceived = (frame: object): InspectFrame => decode(JSON.parse(JSON.stringify(frame)));
