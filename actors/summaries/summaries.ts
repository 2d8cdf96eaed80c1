/**
 * What earlier conversations with a customer were about (domain 11.3): kept in Postgres, searched by meaning, and found
 * for the same customer only. Customers are known here by a keyed hash.
 */
import { createHash, createHmac } from 'node:crypto';
import { Clock, Context, Effect, Layer } from 'effect';
import type pg from 'pg';
import { Embedder } from '../../adapters/vector/embedder.ts';
import { VectorStore } from '../../adapters/vector/vector-store.ts';
import { parseConversationId } from '../../machines/conversation/events.ts';
import { type DatabaseError, makeDatabase, type Transactions } from '../catalog/database.ts';
import { followIndex } from '../catalog/follow-index.ts';
import { makeSearchIndex, type SearchIndex } from '../catalog/search-index.ts';
import {
  archiveOld,
  finishStretch,
  forgetOwner,
  latestSummary,
  newestSummaries,
  type OwnSummary,
  ownerKey,
  ownSummaries,
  summaryIndex,
} from './summary-table.ts';

/** Domain 3.4: a dialogue has ended when it was silent for three hours. */
export const QUIET_MS = 3 * 3_600_000;

/** An earlier conversation, as a turn is told of it. */
export interface Earlier {
  /** UTC, `2026-03-01`. */
  readonly day: string;
  readonly summary: string;
}

export interface SummariesShape {
  /**
   * The customer's last conversation, and the one before it that has most to do with the words, when there is one. What
   * is still going on is left out. Newest first.
   */
  readonly earlier: (
    conversationId: string,
    words: string,
  ) => Effect.Effect<readonly Earlier[], DatabaseError>;
  /** The newest summary of this very conversation, or null. */
  readonly latestOf: (conversationId: string) => Effect.Effect<Earlier | null, DatabaseError>;
  /** Stores a summary under its claim, and makes it found. */
  readonly keep: (
    summaryId: string,
    summary: { readonly text: string; readonly model: string; readonly cost: string },
  ) => Effect.Effect<void, DatabaseError>;
  /** Takes the oldest ones out of the search where there are too many, and brings the index up to date. */
  readonly tidy: Effect.Effect<void, DatabaseError>;
  /** Removes everything about the customer of this conversation, on all channels; how many summaries. */
  readonly forget: (conversationId: string) => Effect.Effect<number, DatabaseError>;
  /** The customer as summaries know them; the same on all channels. Dies on an id that is none. */
  readonly ownerOf: (conversationId: string) => string;
}

export interface SummariesOptions {
  readonly pool: pg.Pool;
  /** How often this replica looks for what others changed, ms. */
  readonly refreshMs?: number;
}

export class Summaries extends Context.Service<Summaries, SummariesShape>()('treejar/actors/Summaries') {
  /** Follows other replicas while the layer lives. */
  static readonly layer = (
    options: SummariesOptions,
  ): Layer.Layer<Summaries, DatabaseError, Embedder | VectorStore> =>
    Layer.effect(Summaries, makeSummaries(options));
}

const makeSummaries = Effect.fnUntraced(function* (options: SummariesOptions) {
  const embedder = yield* Embedder;
  const store = yield* VectorStore;
  const db = makeDatabase(options.pool);
  const key = yield* ownerKey(db);
  const index = makeSearchIndex({ db, embedder, store, table: summaryIndex });
  yield* followIndex(index, options.refreshMs);
  const settle = settled(index);
  const ownerOf = (conversationId: string): string => {
    const parts = parseConversationId(conversationId);
    if (!parts) throw new Error('A conversation id is wz:<channelId>:<chatId>.');
    return createHmac('sha256', key).update(parts.chatId).digest('hex');
  };

  return Summaries.of({
    ownerOf,
    earlier: (conversationId, words) =>
      Effect.suspend(() => earlier({ db, index }, ownerOf(conversationId), words)),
    latestOf: (conversationId) =>
      latestSummary(db, conversationId).pipe(Effect.map((found) => (found ? toEarlier(found) : null))),
    keep: (summaryId, { text, model, cost }) => {
      const contentHash = createHash('sha256').update(text).digest('hex');
      const finished = { summary: text, model, cost, contentHash };
      return db.transaction((tx) => finishStretch(tx, summaryId, finished)).pipe(Effect.asVoid);
    },
    tidy: db.transaction((tx) => archiveOld(tx)).pipe(Effect.andThen(settle)),
    forget: (conversationId) =>
      Effect.suspend(() => {
        const owner = ownerOf(conversationId);
        return db.transaction((tx) => forgetOwner(tx, owner));
      }).pipe(Effect.tap(() => settle)),
  });
});

/** Embeds and brings in what is new; a vendor that is away is waited for by the index itself. */
const settled = (index: SearchIndex): Effect.Effect<void, DatabaseError> =>
  index.embedPending().pipe(
    Effect.catchTag('EmbedderError', (error) => lag(error.message)),
    Effect.andThen(index.refresh),
    Effect.catchTag('VectorStoreError', (error) => lag(error.message)),
  );

const lag = (reason: string) =>
  Effect.logWarning('The search over summaries lags behind').pipe(Effect.annotateLogs({ reason }));

/** With so many summaries of one customer there is something to choose from. */
const NEWEST = 2;
const RELATED_HITS = 3;

const earlier = Effect.fnUntraced(function* (
  { db, index }: { readonly db: Transactions; readonly index: SearchIndex },
  owner: string,
  words: string,
) {
  const now = yield* Clock.currentTimeMillis;
  const newest = yield* newestSummaries(db, owner, now - QUIET_MS, NEWEST);
  const [last] = newest;
  if (last === undefined) return [];
  if (newest.length < NEWEST || words.trim() === '') return [toEarlier(last)];
  const hits = yield* index
    .search(words, { owner }, RELATED_HITS)
    .pipe(Effect.catchTag('VectorStoreError', (error) => lag(error.message).pipe(Effect.as([]))));
  const [related] = hits.map(({ id }) => id).filter((id) => id !== last.summaryId);
  const found = related === undefined ? [] : yield* ownSummaries(db, owner, [related]);
  return [last, ...found].map(toEarlier);
});

const toEarlier = ({ day, summary }: OwnSummary): Earlier => ({ day, summary });
