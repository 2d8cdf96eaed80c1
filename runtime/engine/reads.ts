/** The read side of the engine: nothing here changes anything. */
import type { Context } from './context.ts';
import { applyChanges } from './diff.ts';
import { SnapshotRefused } from './errors.ts';
import { restoreActor } from './migrations.ts';
import { countBacklog, readActor, readChanges, readJournal, readStats } from './store/read-actors.ts';
import type { EngineApi, StoredActor } from './types.ts';

export type Reads = Pick<EngineApi, 'load' | 'journal' | 'snapshotAt' | 'stats' | 'backlog'>;

export const makeReads = (context: Context): Reads => {
  const { db, limits, clock } = context;
  return {
    load: (actorId) => load(context, actorId),
    journal: (actorId, since, limit) =>
      readJournal(db.pool, actorId, since, Math.max(1, Math.min(limit, limits.readPage))),
    snapshotAt: (actorId, seq) => snapshotAt(context, actorId, seq),
    stats: () => readStats(db.pool, clock.now()),
    backlog: (atMost) => countBacklog(db.pool, atMost),
  };
};

const load = async (context: Context, actorId: string): Promise<StoredActor | null> => {
  const record = await readActor(context.db.pool, actorId);
  if (record === null) return null;
  const hosted = context.host.get(record.kind);
  if (!hosted) {
    throw new SnapshotRefused({
      message: `This version hosts no ${record.kind}: start a version that does.`,
      retryable: false,
    });
  }
  const { kind, version, machineVersion } = record;
  // One that is still to be migrated is shown as it will be.
  const restored = restoreActor(hosted, record.snapshot, context.clock.now());
  const timers =
    'actions' in restored
      ? restored.timers
      : Object.fromEntries(Object.entries(restored.timers).map(([id, { at }]) => [id, at]));
  return { actorId, kind, version, machineVersion, snapshot: restored.snapshot, timers };
};

/** Folds the journal's changes, page by page, up to and with `seq`. */
const snapshotAt = async (
  context: Context,
  actorId: string,
  seq: number,
): Promise<{ value: unknown; context: unknown } | null> => {
  let state: unknown;
  let last = 0;
  while (last < seq) {
    const rows = await readChanges(context.db.pool, actorId, last, seq, context.limits.readPage);
    if (rows.length === 0) return null;
    for (const row of rows) {
      state = applyChanges(state, row.changes);
      last = row.seq;
    }
  }
  return last === seq && last > 0 ? (state as { value: unknown; context: unknown }) : null;
};
