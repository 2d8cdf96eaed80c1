/** A run of the catalog: `POST /products/sync`, `GET /products/sync/:run`, live topic `catalog`. Times are RFC 3339 UTC. */
import { Schema } from 'effect';

export const SyncRunView = Schema.Struct({
  id: Schema.String,
  status: Schema.Literals(['running', 'done', 'failed']),
  /** Null once the run has ended. */
  phase: Schema.NullOr(Schema.Literals(['reading', 'indexing'])),
  seen: Schema.Int,
  changed: Schema.Int,
  deactivated: Schema.Int,
  embedded: Schema.Int,
  error: Schema.NullOr(Schema.String),
  startedAt: Schema.String,
  finishedAt: Schema.NullOr(Schema.String),
});
export type SyncRunView = typeof SyncRunView.Type;
