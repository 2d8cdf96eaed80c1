/** What happens in a machine's states. */
import { Schema } from 'effect';

/** `GET /machines/:id/heat?days=`. */
export const MachineHeatView = Schema.Struct({
  /** Of so many days, today included; days are UTC's. */
  days: Schema.Int,
  /** Leaf states. */
  states: Schema.Array(
    Schema.Struct({
      path: Schema.String,
      /** Actors that are in it now. */
      now: Schema.Int,
      /** Stays that ended within the days. */
      stays: Schema.Int,
      /** Of them: at least ten minutes long, and ended by a timer. */
      silent: Schema.Int,
      /** How long half of the stays lasted at most, within a fifth; null: none ended. */
      medianMs: Schema.NullOr(Schema.Int),
    }),
  ),
  /** From leaf to leaf of one region, by the event of the journal. */
  transitions: Schema.Array(
    Schema.Struct({
      id: Schema.Int,
      from: Schema.String,
      to: Schema.String,
      event: Schema.String,
      times: Schema.Int,
    }),
  ),
});
export type MachineHeatView = typeof MachineHeatView.Type;
