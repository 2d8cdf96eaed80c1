/**
 * Catalog runs: page by page from the source into Postgres, one at a time across replicas, each page one commit with
 * the place to carry on (domain 12.5, 12.6; lesson F-17). The row of the run is the fence: whoever owns it may write.
 */
import { randomUUID } from 'node:crypto';
import { Clock, Effect, Fiber, Schema, type Scope } from 'effect';
import type pg from 'pg';
import type { DatabaseError, Transactions } from './database.ts';
import { toStored } from './product.ts';
import { countActive, deactivateProducts, unseenProducts, upsertProducts } from './product-table.ts';
import { type AdvisoryLock, tryAdvisoryLock } from './run-lock.ts';
import type { SearchIndex } from './search-index.ts';
import type { CatalogPage, CatalogSourceShape, SourceFailure } from './source.ts';
import {
  finishRun,
  insertRun,
  lastRuns,
  pruneRuns,
  type RunState,
  recordProgress,
  runningRunId,
  type SyncTrigger,
  takeOverRun,
} from './sync-table.ts';

/** Pages of one run at most (G10): a source that always says "more" must end somewhere. */
const MAX_PAGES = 1000;
/** A delta reads a little more than it must: stock moves without a new time (wire/04 §4). */
const OVERLAP_MS = 10 * 60_000;
/** Once a day everything is read (wire/04 §4). */
const FULL_EVERY_MS = 24 * 3_600_000;
/** Tries of one page, and the longest wait between them. */
const PAGE_ATTEMPTS = 4;
const RETRY_BASE_MS = 1000;
const RETRY_CAP_MS = 60_000;
/** A pass that misses everything, or more than half of a grown catalog, is a broken list, not a clearance sale. */
const MISSING_SHARE_MAX = 0.5;
const GUARDED_FROM = 20;

export interface SyncParts {
  readonly pool: pg.Pool;
  readonly db: Transactions;
  readonly source: CatalogSourceShape;
  readonly index: SearchIndex;
  /** Waits between tries begin with this, ms. */
  readonly retryBaseMs?: number;
}

export interface StartedRun {
  readonly id: string;
  /** Ends when the run has ended here; at once when another process carries it out. */
  readonly ended: Effect.Effect<void>;
}

export interface SyncRunner {
  /** Starts a run in the background, carries a dead one on, or names the one that is running. */
  readonly start: (trigger: SyncTrigger) => Effect.Effect<StartedRun, DatabaseError>;
  /** Carries on what a dead process left; `null` when there is nothing, or somebody is at it. */
  readonly resume: Effect.Effect<StartedRun | null, DatabaseError>;
}

/** The source has more pages than a run may read. */
export class CatalogTooLarge extends Schema.TaggedError<CatalogTooLarge>()('CatalogTooLarge', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** A fault of ours. The run ends as failed instead of looking alive for ever. */
export class SyncBroken extends Schema.TaggedError<SyncBroken>()('SyncBroken', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

const brokenBy = (defect: unknown): string =>
  `The run met a fault in the program (${defect instanceof Error ? defect.message : String(defect)}); report it`;

const tooLarge = (source: string) =>
  new CatalogTooLarge({
    message: `${source} has more than ${MAX_PAGES} pages; nothing was deactivated`,
    retryable: false,
  });

/** Builds the runner; runs live in the scope and are interrupted, not lost, when it closes. */
export const makeSyncRunner = (parts: SyncParts, scope: Scope.Scope): SyncRunner => {
  const { db } = parts;

  const fork = Effect.fnUntraced(function* (lock: AdvisoryLock, run: RunState) {
    const fiber = yield* carryOut(parts, run).pipe(Effect.ensuring(lock.release), Effect.forkIn(scope));
    return { id: run.id, ended: Effect.asVoid(Fiber.await(fiber)) } satisfies StartedRun;
  });

  const join = Effect.fnUntraced(function* () {
    for (let tries = 0; tries < JOIN_TRIES; tries++) {
      const id = yield* runningRunId(db);
      if (id !== null) return { id, ended: Effect.void } satisfies StartedRun;
      yield* Effect.sleep(JOIN_WAIT_MS);
    }
    return null;
  });

  const begin = Effect.fnUntraced(function* (lock: AdvisoryLock, trigger: SyncTrigger) {
    const owner = randomUUID();
    const dead = yield* takeOverRun(db, owner);
    return yield* fork(lock, dead ?? (yield* newRun(parts, owner, trigger)));
  });

  const start: SyncRunner['start'] = Effect.fnUntraced(function* (trigger) {
    for (;;) {
      const lock = yield* tryAdvisoryLock(parts.pool);
      if (lock) return yield* begin(lock, trigger).pipe(Effect.onError(() => lock.release));
      // Between the other's lock and its row, or its row and its unlock, there is a moment without a run to name.
      const running = yield* join();
      if (running) return running;
    }
  });

  const resume = Effect.gen(function* () {
    if ((yield* runningRunId(db)) === null) return null;
    const lock = yield* tryAdvisoryLock(parts.pool);
    if (!lock) return null;
    return yield* Effect.gen(function* () {
      const dead = yield* takeOverRun(db, randomUUID());
      if (dead) return yield* fork(lock, dead);
      yield* lock.release;
      return null;
    }).pipe(Effect.onError(() => lock.release));
  });

  return { start, resume };
};

const JOIN_TRIES = 20;
const JOIN_WAIT_MS = 50;

/** An operator gets everything; the schedule reads what changed, and everything once a day. */
const newRun = Effect.fnUntraced(function* (parts: SyncParts, owner: string, trigger: SyncTrigger) {
  const now = yield* Clock.currentTimeMillis;
  const last = yield* lastRuns(parts.db, parts.source.name);
  const isFull =
    trigger === 'manual' || last.any === null || last.full === null || now - last.full >= FULL_EVERY_MS;
  return yield* insertRun(parts.db, {
    source: parts.source.name,
    trigger,
    mode: isFull ? 'full' : 'delta',
    owner,
    modifiedSince: isFull ? null : (last.any ?? now) - OVERLAP_MS,
    now,
  });
});

/** The whole run. Its end is written whatever happens, except when the process dies or is stopped: then it is resumed. */
const carryOut = (parts: SyncParts, run: RunState): Effect.Effect<void> =>
  readAll(parts, run).pipe(
    Effect.catchDefect((defect) =>
      Effect.fail(new SyncBroken({ message: brokenBy(defect), retryable: false })),
    ),
    Effect.matchEffect({
      onSuccess: (trouble) => end(parts, run, trouble),
      onFailure: (failure) => end(parts, run, failure.message),
    }),
    Effect.catch((failure) =>
      Effect.logError('A catalog run could not be ended; the next one carries it on').pipe(
        Effect.annotateLogs({ run: run.id, reason: failure._tag }),
      ),
    ),
    Effect.annotateLogs({ source: parts.source.name }),
  );

const end = Effect.fnUntraced(function* (parts: SyncParts, run: RunState, error: string | null) {
  yield* finishRun(parts.db, run, error, yield* Clock.currentTimeMillis);
  yield* pruneRuns(parts.db);
  yield* error === null
    ? Effect.logInfo('The catalog is up to date').pipe(Effect.annotateLogs({ run: run.id, mode: run.mode }))
    : Effect.logError('A catalog run failed').pipe(Effect.annotateLogs({ run: run.id, reason: error }));
});

/** Pages, then deactivation, then vectors. Answers what is left undone, `null` when nothing is. */
const readAll = Effect.fnUntraced(function* (parts: SyncParts, run: RunState) {
  let rejected = run.rejected;
  for (let page = run.nextPage; page !== null; ) {
    const answer = yield* readPage(parts, page, run.modifiedSince);
    if (answer.hasMore && page >= MAX_PAGES) return yield* tooLarge(parts.source.name);
    const read = answer.items.map(toStored);
    const stored = dedupe(read);
    const lost = (answer.rejected ?? 0) + read.filter((item) => item === null).length;
    rejected += lost;
    const nextPage = answer.hasMore ? page + 1 : null;
    yield* parts.db.transaction((tx) =>
      Effect.gen(function* () {
        const changed = yield* upsertProducts(tx, stored, run.id);
        yield* recordProgress(tx, run, { nextPage, seen: answer.items.length, changed, rejected: lost });
      }),
    );
    page = nextPage;
  }
  const kept = run.mode === 'full' ? yield* deactivateMissing(parts, run, rejected) : null;
  const unembedded = yield* embed(parts, run);
  yield* refreshHere(parts);
  return kept ?? unembedded;
});

type Stored = NonNullable<ReturnType<typeof toStored>>;

/** A page that names an item twice (it moved while the list was read) counts once, the later one. */
const dedupe = (items: readonly (Stored | null)[]): readonly Stored[] => [
  ...new Map(items.flatMap((item) => (item ? [[item.item_id, item] as const] : []))).values(),
];

const readPage = (
  parts: SyncParts,
  page: number,
  modifiedSince: number | null,
  attempt = 1,
): Effect.Effect<CatalogPage, SourceFailure> =>
  parts.source.page(page, modifiedSince ?? undefined).pipe(
    Effect.catch((failure) => {
      if (!failure.retryable || attempt >= PAGE_ATTEMPTS) return Effect.fail(failure);
      const base = parts.retryBaseMs ?? RETRY_BASE_MS;
      const wait = Math.min(failure.retryAfterMs ?? base * 2 ** (attempt - 1), RETRY_CAP_MS);
      return Effect.sleep(wait).pipe(Effect.andThen(readPage(parts, page, modifiedSince, attempt + 1)));
    }),
  );

/**
 * Items that a full pass did not meet. Pages shift while they are read, so what is missing is looked for once more
 * before it is deactivated. Answers why nothing was deactivated although something is missing.
 */
const deactivateMissing = Effect.fnUntraced(function* (parts: SyncParts, run: RunState, rejected: number) {
  const missing = new Set(yield* unseenProducts(parts.db, run.id));
  if (missing.size === 0) return null;
  if (rejected > 0) {
    return `${rejected} items could not be read, so ${missing.size} missing ones were left active: mend the items and sync again`;
  }
  for (let page = 1, more = true; more && page <= MAX_PAGES && missing.size > 0; page++) {
    const answer = yield* readPage(parts, page, null);
    for (const item of answer.items) missing.delete(item.itemId);
    more = answer.hasMore;
  }
  if (missing.size === 0) return null;
  const active = yield* countActive(parts.db);
  const isBroken =
    missing.size === active || (active >= GUARDED_FROM && missing.size > active * MISSING_SHARE_MAX);
  if (isBroken) {
    return `${missing.size} of ${active} active items are missing from ${parts.source.name}: nothing was deactivated; check its access rights and filters`;
  }
  yield* parts.db.transaction((tx) =>
    Effect.gen(function* () {
      const deactivated = yield* deactivateProducts(tx, run.id, [...missing]);
      yield* recordProgress(tx, run, { deactivated });
    }),
  );
  return null;
});

/** Prices and stock must not wait for an embedder that is down: its failure is told, the rest of the run stands. */
const embed = (parts: SyncParts, run: RunState): Effect.Effect<string | null, DatabaseError> =>
  parts.index
    .embedPending((tx, embedded) =>
      recordProgress(tx, run, { embedded }).pipe(
        // The vectors are right whoever owns the run; only the count is lost.
        Effect.catchTag('SyncSuperseded', () => Effect.void),
      ),
    )
    .pipe(
      Effect.as(null),
      Effect.catchTag(['EmbedderError', 'VectorStoreError'], (error) =>
        Effect.succeed(`products are stored, but some wait for their vectors: ${error.message}`),
      ),
    );

/** This replica need not wait for its next look. */
const refreshHere = (parts: SyncParts): Effect.Effect<void, DatabaseError> =>
  parts.index.refresh.pipe(
    Effect.catchTag('VectorStoreError', (error) =>
      Effect.logWarning('The search index lags behind').pipe(Effect.annotateLogs({ reason: error.message })),
    ),
  );
