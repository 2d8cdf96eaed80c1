/** A machine's statechart as the admin draws it. */
import { Schema } from 'effect';

const Point = Schema.Struct({ x: Schema.Int, y: Schema.Int });
const Importance = Schema.Literals([0, 1, 2]);

/** A state in words; the root has the empty path, parents come before their children. */
export const ChartStateView = Schema.Struct({
  path: Schema.String,
  parent: Schema.NullOr(Schema.String),
  key: Schema.String,
  type: Schema.Literals(['atomic', 'compound', 'parallel', 'final', 'history']),
  label: Schema.String,
  /** 0 routine, 1 normal, 2 what people should notice. */
  importance: Importance,
  description: Schema.NullOr(Schema.String),
  /** Programs that run while the state lasts. */
  invokes: Schema.Array(Schema.String),
});

/** Px from the top left corner of its region's picture. */
export const ChartBoxView = Schema.Struct({
  path: Schema.String,
  x: Schema.Int,
  y: Schema.Int,
  width: Schema.Int,
  height: Schema.Int,
  importance: Importance,
  compound: Schema.Boolean,
  final: Schema.Boolean,
  /** The path of the child that it begins with. */
  initial: Schema.NullOr(Schema.String),
  lines: Schema.Array(Schema.String),
});

export const ChartArrowView = Schema.Struct({
  /** Null: the mark of an initial state. */
  from: Schema.NullOr(Schema.String),
  to: Schema.String,
  points: Schema.Array(Point),
  label: Schema.NullOr(
    Schema.Struct({ x: Schema.Int, y: Schema.Int, width: Schema.Int, lines: Schema.Array(Schema.String) }),
  ),
  /** The transitions that share the arrow. */
  moves: Schema.Array(
    Schema.Struct({
      event: Schema.String,
      guard: Schema.NullOr(Schema.String),
      words: Schema.String,
      /** When it is taken and what for. */
      description: Schema.NullOr(Schema.String),
    }),
  ),
});

export const ChartRegionView = Schema.Struct({
  path: Schema.String,
  label: Schema.String,
  description: Schema.NullOr(Schema.String),
  width: Schema.Int,
  height: Schema.Int,
  boxes: Schema.Array(ChartBoxView),
  arrows: Schema.Array(ChartArrowView),
});
export type ChartRegionView = typeof ChartRegionView.Type;

/** `GET /machines/:id/layout`; `If-None-Match` is answered with 304. */
export const MachineLayoutView = Schema.Struct({
  id: Schema.String,
  version: Schema.String,
  states: Schema.Array(ChartStateView),
  regions: Schema.Array(ChartRegionView),
});
export type MachineLayoutView = typeof MachineLayoutView.Type;
