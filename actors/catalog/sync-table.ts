/** The one door to table `sync_run`: the state of catalog runs, so that any replica can carry one on. */
import { Effect, Schema } from 'effect';
import type { Database, DatabaseError } from './database.ts';

export type SyncMode = 'full' | 'delta';
export type SyncTrigger = 'schedule' | 'manual' | 'start';

/** A run as others see it. Times are RFC 3339 UTC. */
export interface SyncRun {
  readonly id: string;
  readonly status: 'running' | 'done' | 'failed';
  readonly mode: SyncMode;
  /** Pages are read, then vectors are made; `null` once the run has ended. */
  readonly phase: 'reading' | 'indexing' | null;
  readonly seen: number;
  readonly changed: number;
  readonly deactivated: number;
  readonly embedded: number;
  readonly rejected: number;
  readonly error: string | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
}

/** A run as its worker carries it on. */
export interface RunState {
  readonly id: string;
  readonly owner: string;
  readonly mode: SyncMode;
  /** `null`: all pages are read. */
  readonly nextPage: number | null;
  /** Ms since the epoch. */
  readonly modifiedSince: number | null;
  readonly rejected: number;
}

interface Row {
  readonly run_id: string | number;
  readonly owner: string;
  readonly mode: SyncMode;
  readonly status: SyncRun['status'];
  readonly next_page: number | null;
  readonly modified_since: Date | null;
  readonly seen: number;
  readonly changed: number;
  readonly deactivated: number;
  readonly embedded: number;
  readonly rejected: number;
  readonly error: string | null;
  readonly started_at: Date;
  readonly finished_at: Date | null;
}

/** Another process has taken the run over; whatever this one still had to write is refused. */
export class SyncSuperseded extends Schema.TaggedError<SyncSuperseded>()('SyncSuperseded', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

const toRun = (row: Row): SyncRun => ({
  id: String(row.run_id),
  status: row.status,
  mode: row.mode,
  phase: row.status !== 'running' ? null : row.next_page === null ? 'indexing' : 'reading',
  seen: row.seen,
  changed: row.changed,
  deactivated: row.deactivated,
  embedded: row.embedded,
  rejected: row.rejected,
  error: row.error,
  startedAt: row.started_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
});

const toState = (row: Row): RunState => ({
  id: String(row.run_id),
  owner: row.owner,
  mode: row.mode,
  nextPage: row.next_page,
  modifiedSince: row.modified_since?.getTime() ?? null,
  rejected: row.rejected,
});

/** `null` for an id that never was one. */
export const findRun = (db: Database, id: string): Effect.Effect<SyncRun | null, DatabaseError> =>
  /^\d{1,18}$/.test(id)
    ? db
        .query<Row>('select * from sync_run where run_id = $1', [id])
        .pipe(Effect.map((rows) => (rows[0] ? toRun(rows[0]) : null)))
    : Effect.succeed(null);

/** By the primary key, from its end. */
export const newestRun = (db: Database): Effect.Effect<SyncRun | null, DatabaseError> =>
  db
    .query<Row>('select * from sync_run order by run_id desc limit 1')
    .pipe(Effect.map((rows) => (rows[0] ? toRun(rows[0]) : null)));

export const runningRunId = (db: Database): Effect.Effect<string | null, DatabaseError> =>
  db
    .query<{ run_id: string | number }>(`select run_id from sync_run where status = 'running'`)
    .pipe(Effect.map((rows) => (rows[0] ? String(rows[0].run_id) : null)));

/** Takes over the run that a dead process left behind; its last committed page is kept. `null` when there is none. */
export const takeOverRun = (db: Database, owner: string): Effect.Effect<RunState | null, DatabaseError> =>
  db
    .query<Row>(`update sync_run set owner = $1 where status = 'running' returning *`, [owner])
    .pipe(Effect.map((rows) => (rows[0] ? toState(rows[0]) : null)));

export interface NewRun {
  readonly source: string;
  readonly trigger: SyncTrigger;
  readonly mode: SyncMode;
  readonly owner: string;
  readonly modifiedSince: number | null;
  /** Ms since the epoch. */
  readonly now: number;
}

export const insertRun = Effect.fnUntraced(function* (db: Database, run: NewRun) {
  const rows = yield* db.query<Row>(
    `insert into sync_run (source, mode, trigger, status, owner, next_page, modified_since, started_at)
     values ($1, $2, $3, 'running', $4, 1, to_timestamp($5::double precision / 1000), to_timestamp($6::double precision / 1000))
     returning *`,
    [run.source, run.mode, run.trigger, run.owner, run.modifiedSince, run.now],
  );
  const [row] = rows;
  if (!row) return yield* Effect.die(new Error('insert into sync_run returned no row'));
  return toState(row);
});

/** When the newest finished runs of this source began, ms since the epoch: any of them, and a full one. */
export const lastRuns = (
  db: Database,
  source: string,
): Effect.Effect<{ readonly any: number | null; readonly full: number | null }, DatabaseError> =>
  db
    .query<{ any: Date | null; full: Date | null }>(
      `select max(started_at) as any, max(started_at) filter (where mode = 'full') as full
       from sync_run where status = 'done' and source = $1`,
      [source],
    )
    .pipe(Effect.map(([row]) => ({ any: row?.any?.getTime() ?? null, full: row?.full?.getTime() ?? null })));

export interface Progress {
  /** Left out: stays where it is. `null`: all pages are read. */
  readonly nextPage?: number | null;
  readonly seen?: number;
  readonly changed?: number;
  readonly deactivated?: number;
  readonly embedded?: number;
  readonly rejected?: number;
}

/** Adds to the counters in the caller's transaction; fails with {@link SyncSuperseded} when the run is another's now. */
export const recordProgress = Effect.fnUntraced(function* (tx: Database, run: RunState, progress: Progress) {
  const rows = yield* tx.query(
    `update sync_run set next_page = case when $3 then $4 else next_page end, seen = seen + $5, changed = changed + $6,
       deactivated = deactivated + $7, embedded = embedded + $8, rejected = rejected + $9
     where run_id = $1 and owner = $2 and status = 'running' returning run_id`,
    [
      run.id,
      run.owner,
      progress.nextPage !== undefined,
      progress.nextPage ?? null,
      progress.seen ?? 0,
      progress.changed ?? 0,
      progress.deactivated ?? 0,
      progress.embedded ?? 0,
      progress.rejected ?? 0,
    ],
  );
  if (rows.length > 0) return;
  return yield* new SyncSuperseded({
    message: `Sync run ${run.id} was taken over by another process`,
    retryable: false,
  });
});

/** Ends the run; does nothing when it is another's now. `error` null means done. */
export const finishRun = (
  db: Database,
  run: RunState,
  error: string | null,
  now: number,
): Effect.Effect<void, DatabaseError> =>
  db
    .query(
      `update sync_run set status = $3, error = $4, finished_at = to_timestamp($5::double precision / 1000)
       where run_id = $1 and owner = $2 and status = 'running'`,
      [run.id, run.owner, error === null ? 'done' : 'failed', error, now],
    )
    .pipe(Effect.asVoid);

/** Finished runs kept for the record; older ones are removed (G10). */
const RUNS_KEPT = 500;

export const pruneRuns = (db: Database): Effect.Effect<void, DatabaseError> =>
  db
    .query(
      `delete from sync_run where status <> 'running' and run_id <= (select max(run_id) from sync_run) - $1
         and started_at < (select max(started_at) from sync_run where status = 'done' and mode = 'full')`,
      [RUNS_KEPT],
    )
    .pipe(Effect.asVoid);
