/** A machine with everything that is known of it: `GET /machines/:id` (contract 3.2). */
import { Schema } from 'effect';
import { MachineHeatView } from './heat-schemas.ts';
import { MachineView } from './schemas.ts';
import { ChartRegionView } from './statechart-schemas.ts';

export const MachineDetailView = Schema.Struct({
  ...MachineView.fields,
  /** Where its states and arrows stand, in pictures of one region each; null: this replica draws no statecharts. */
  layout: Schema.NullOr(Schema.Array(ChartRegionView)),
  /** Dwell, ends in silence and passages of the last days; null as `layout`. */
  heat: Schema.NullOr(MachineHeatView),
});
export type MachineDetailView = typeof MachineDetailView.Type;
