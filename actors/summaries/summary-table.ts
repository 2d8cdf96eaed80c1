/** The one door to table `conversation_summary`: what was summarised, for whom, and how far the conversations were looked at. */
import { randomBytes } from 'node:crypto';
import { Effect } from 'effect';
import { type Database, type DatabaseError, storable } from '../catalog/database.ts';
import { type IndexedTable, withRevision } from '../catalog/search-index.ts';

export const CONVERSATIONS = 'conversations';

/** Summaries that are searched at most (G10); older ones are still read by their own conversation. */
export const SEARCHED_MAX = 20_000;
const ARCHIVED_PER_RUN = 500;

export interface SummaryRow {
  readonly summary_id: string;
  readonly owner: string | null;
  readonly state: string;
  readonly summary: string | null;
}

const FOUND = `t.state = 'done'`;

/** Summaries as the search index follows them; each belongs to its customer alone. */
export const summaryIndex: IndexedTable<SummaryRow> = {
  collection: CONVERSATIONS,
  table: 'conversation_summary',
  idColumn: 'summary_id',
  listed: FOUND,
  stored: FOUND,
  idOf: (row) => row.summary_id,
  textOf: (row) => (row.state === 'done' ? (row.summary ?? '') : null),
  // Without an owner it would be found for everybody.
  payloadOf: (row) => ({ kind: 'summary', owner: row.owner ?? row.summary_id }),
};

/** A stretch of a conversation that is to be summarised. Times are ms since the epoch. */
export interface Stretch {
  readonly summaryId: string;
  readonly conversationId: string;
  readonly owner: string;
  readonly seq: number;
  readonly coversAt: number;
  readonly at: number;
}

/** Takes the stretch, once and for all: false when it was taken before, whatever became of it. */
export const claimStretch = (db: Database, stretch: Stretch): Effect.Effect<boolean, DatabaseError> =>
  db
    .query(
      `insert into conversation_summary (summary_id, conversation_id, owner, seq, covers_at, at, state)
       values ($1, $2, $3, $4, $5, $6, 'asking') on conflict (conversation_id, covers_at) do nothing returning summary_id`,
      [stretch.summaryId, stretch.conversationId, stretch.owner, stretch.seq, stretch.coversAt, stretch.at],
    )
    .pipe(Effect.map((rows) => rows.length > 0));

/** Gives a stretch back that cost nothing. */
export const releaseStretch = (db: Database, summaryId: string): Effect.Effect<void, DatabaseError> =>
  db
    .query(`delete from conversation_summary where summary_id = $1 and state = 'asking'`, [summaryId])
    .pipe(Effect.asVoid);

export interface FinishedSummary {
  readonly summary: string;
  readonly model: string;
  /** Plain decimal US dollars. */
  readonly cost: string;
  readonly contentHash: string;
}

/** Stores a summary. Must run inside a transaction. A customer who was forgotten meanwhile stays forgotten. */
export const finishStretch = (
  tx: Database,
  summaryId: string,
  finished: FinishedSummary,
): Effect.Effect<number, DatabaseError> =>
  withRevision(tx, CONVERSATIONS, (revision) =>
    tx
      .query(
        `update conversation_summary set state = 'done', summary = $2, model = $3, cost = $4::numeric, content_hash = $5,
           revision = $6
         where summary_id = $1 and state = 'asking' returning summary_id`,
        [
          summaryId,
          storable(finished.summary),
          finished.model,
          finished.cost,
          finished.contentHash,
          revision,
        ],
      )
      .pipe(Effect.map((rows) => rows.length)),
  );

export const failStretch = (
  db: Database,
  summaryId: string,
  reason: string,
): Effect.Effect<void, DatabaseError> =>
  db
    .query(
      `update conversation_summary set state = 'failed', reason = $2 where summary_id = $1 and state = 'asking'`,
      [summaryId, reason],
    )
    .pipe(Effect.asVoid);

/** Up to when each of these conversations is summarised, ms; those without a summary are left out. */
export const coveredUpTo = (
  db: Database,
  conversationIds: readonly string[],
): Effect.Effect<ReadonlyMap<string, number>, DatabaseError> =>
  db
    .query<{ conversation_id: string; covers_at: number | string }>(
      `select conversation_id, max(covers_at) as covers_at from conversation_summary
       where conversation_id = any($1) and state in ('done', 'archived') group by conversation_id`,
      [conversationIds],
    )
    .pipe(Effect.map((rows) => new Map(rows.map((row) => [row.conversation_id, Number(row.covers_at)]))));

export interface OwnSummary {
  readonly summaryId: string;
  /** The day of its newest message, UTC, `2026-03-01`. */
  readonly day: string;
  readonly summary: string;
}

const COLUMNS = `select summary_id as "summaryId", summary,
    to_char(to_timestamp(covers_at / 1000.0) at time zone 'UTC', 'YYYY-MM-DD') as day
  from conversation_summary`;
const OWN = `${COLUMNS} where owner = $1 and state in ('done', 'archived')`;

/** The customer's summaries of what ended by `until`, newest first. */
export const newestSummaries = (
  db: Database,
  owner: string,
  until: number,
  limit: number,
): Effect.Effect<readonly OwnSummary[], DatabaseError> =>
  db.query<OwnSummary>(`${OWN} and covers_at <= $2 order by covers_at desc limit $3`, [owner, until, limit]);

/** The newest one of a conversation; by index `conversation_summary_once`. */
export const latestSummary = (
  db: Database,
  conversationId: string,
): Effect.Effect<OwnSummary | null, DatabaseError> =>
  db
    .query<OwnSummary>(
      `${COLUMNS} where conversation_id = $1 and state in ('done', 'archived') order by covers_at desc limit 1`,
      [conversationId],
    )
    .pipe(Effect.map(([found]) => found ?? null));

/** Those of these ids that belong to the customer. */
export const ownSummaries = (
  db: Database,
  owner: string,
  ids: readonly string[],
): Effect.Effect<readonly OwnSummary[], DatabaseError> =>
  db.query<OwnSummary>(`${OWN} and summary_id = any($2)`, [owner, ids]);

/** Leaves nothing of a customer but the ids that take their points out of search indexes. Answers how many. */
export const forgetOwner = (tx: Database, owner: string): Effect.Effect<number, DatabaseError> =>
  withRevision(tx, CONVERSATIONS, (revision) =>
    tx
      .query<{ summary_id: string }>(
        `update conversation_summary set state = 'forgotten', conversation_id = null, owner = null, summary = null,
           reason = null, content_hash = '', revision = $2
         where owner = $1 returning summary_id`,
        [owner, revision],
      )
      .pipe(
        Effect.tap((rows) =>
          tx.query('delete from embedding where collection = $1 and point_id = any($2)', [
            CONVERSATIONS,
            rows.map((row) => row.summary_id),
          ]),
        ),
        Effect.map((rows) => rows.length),
      ),
  );

/** Takes the oldest summaries out of the search, beyond {@link SEARCHED_MAX}. */
export const archiveOld = (
  tx: Database,
  searchedMax: number = SEARCHED_MAX,
): Effect.Effect<number, DatabaseError> =>
  withRevision(tx, CONVERSATIONS, (revision) =>
    tx
      .query(
        `update conversation_summary set state = 'archived', revision = $1 where summary_id in (
           select summary_id from conversation_summary where state = 'done' order by at desc offset $2 limit $3)
         returning summary_id`,
        [revision, searchedMax, ARCHIVED_PER_RUN],
      )
      .pipe(Effect.map((rows) => rows.length)),
  );

/** How far the conversations were looked at, in the order in which they fell silent. */
export interface QuietCursor {
  readonly lastAt: number;
  readonly conversationId: string;
}

export const readCursor = (db: Database): Effect.Effect<QuietCursor | null, DatabaseError> =>
  db
    .query<{ last_at: number | string; conversation_id: string }>(
      'select last_at, conversation_id from summary_cursor',
    )
    .pipe(
      Effect.map(([row]) =>
        row ? { lastAt: Number(row.last_at), conversationId: row.conversation_id } : null,
      ),
    );

/** Only ever moves forward. */
export const moveCursor = (
  db: Database,
  { lastAt, conversationId }: QuietCursor,
): Effect.Effect<void, DatabaseError> =>
  db
    .query(
      `insert into summary_cursor (last_at, conversation_id) values ($1, $2)
       on conflict (singleton) do update set last_at = excluded.last_at, conversation_id = excluded.conversation_id
       where (summary_cursor.last_at, summary_cursor.conversation_id) < (excluded.last_at, excluded.conversation_id)`,
      [lastAt, conversationId],
    )
    .pipe(Effect.asVoid);

const KEY_BYTES = 32;

/** The key that customers are hashed with: made once for the whole shop, kept apart from whatever is rotated. */
export const ownerKey = Effect.fnUntraced(function* (db: Database) {
  yield* db.query(
    `insert into keyed_hash_key (name, key) values ('summary owner', $1) on conflict (name) do nothing`,
    [randomBytes(KEY_BYTES)],
  );
  const [row] = yield* db.query<{ key: Buffer }>(
    `select key from keyed_hash_key where name = 'summary owner'`,
  );
  if (!row) return yield* Effect.die(new Error('the key of summaries vanished'));
  return row.key;
});
