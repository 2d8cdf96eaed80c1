/**
 * One run over the conversations that have ended: each stretch of each conversation is summarised once (lesson F-48).
 * The claim is written before the model is asked; only a call that certainly cost nothing gives it back.
 */
import { randomUUID } from 'node:crypto';
import { Clock, Effect } from 'effect';
import type pg from 'pg';
import type { ChatModelError } from '../../adapters/openrouter/openrouter.ts';
import {
  keptSummary,
  SUMMARY_PROMPT_VERSION,
  summaryMessages,
  TRANSCRIPT_LINES,
} from '../../machines/summaries/summary-prompt.ts';
import { makeDatabase, type Transactions } from '../catalog/database.ts';
import { askModel } from '../model/ask-model.ts';
import type { BudgetSpent, LedgerAway } from '../model/model-ledger.ts';
import { QUIET_MS, Summaries } from './summaries.ts';
import { type QuietConversation, SummarySource } from './summary-source.ts';
import {
  claimStretch,
  coveredUpTo,
  failStretch,
  moveCursor,
  readCursor,
  releaseStretch,
} from './summary-table.ts';

/** 1,200 characters are some 300 tokens. */
const MAX_TOKENS = 450;
const TIMEOUT_MS = 25_000;
const TEMPERATURE = 0.2;
/** What ended longer ago is not worth the money: it is what the first run after switching on looks back at. */
const LOOK_BACK_MS = 7 * 24 * 3_600_000;
/** Conversations looked at for each one that may be summarised: most of a quiet night have nothing new. */
const LOOKED_AT_PER_SUMMARY = 10;
/** A greeting alone is no conversation, in characters of the customer. */
const MIN_CUSTOMER_CHARS = 15;

export interface SummaryRun {
  readonly looked: number;
  readonly summarised: number;
  readonly failed: number;
  /** Why the run ended early; null when it looked at everything it might. */
  readonly stopped: string | null;
}

export interface SummariseOptions {
  readonly pool: pg.Pool;
  /** Model calls at most. */
  readonly limit: number;
  /** Asked before each conversation; true ends the run. */
  readonly isStopping?: () => boolean;
}

/** Summarises at most `limit` stretches, the oldest first. */
export const summariseQuiet = Effect.fn('summariseQuiet')(function* (options: SummariseOptions) {
  const { pool, limit } = options;
  const db = makeDatabase(pool);
  const source = yield* SummarySource;
  const now = yield* Clock.currentTimeMillis;
  const from = { lastAt: now - LOOK_BACK_MS, conversationId: '' };
  const saved = yield* readCursor(db);
  const after = saved && saved.lastAt > from.lastAt ? saved : from;
  const quiet = yield* source.quiet(after, now - QUIET_MS, limit * LOOKED_AT_PER_SUMMARY);
  const covered = yield* coveredUpTo(
    db,
    quiet.map(({ conversationId }) => conversationId),
  );
  const run = { looked: 0, summarised: 0, failed: 0, stopped: null as string | null };
  for (const conversation of quiet) {
    if (run.summarised + run.failed >= limit || options.isStopping?.() === true) break;
    const outcome = yield* summariseOne(db, conversation, covered.get(conversation.conversationId) ?? 0);
    if (outcome.kind === 'untouched') {
      run.stopped = outcome.reason;
      break;
    }
    run.looked++;
    if (outcome.kind === 'done') run.summarised++;
    if (outcome.kind === 'failed') run.failed++;
    yield* moveCursor(db, conversation);
    if (outcome.kind === 'failed' && outcome.isSystemic) {
      run.stopped = outcome.reason;
      break;
    }
  }
  if (run.summarised > 0) yield* Effect.flatMap(Summaries, (summaries) => summaries.tidy);
  return run satisfies SummaryRun;
});

type Outcome =
  | { readonly kind: 'done' | 'nothing' }
  | { readonly kind: 'failed'; readonly reason: string; readonly isSystemic: boolean }
  /** It cost nothing and may be tried again. */
  | { readonly kind: 'untouched'; readonly reason: string };

const summariseOne = Effect.fnUntraced(function* (
  db: Transactions,
  { conversationId, seq, lastAt }: QuietConversation,
  since: number,
) {
  const source = yield* SummarySource;
  const summaries = yield* Summaries;
  const lines = yield* source.transcript(conversationId, since, TRANSCRIPT_LINES);
  const said = lines
    .filter(({ from }) => from === 'customer')
    .reduce((sum, { text }) => sum + text.length, 0);
  if (said < MIN_CUSTOMER_CHARS) return { kind: 'nothing' } as Outcome;
  const known = yield* source.personal(conversationId);
  const summaryId = randomUUID();
  const owner = summaries.ownerOf(conversationId);
  const at = yield* Clock.currentTimeMillis;
  const stretch = { summaryId, conversationId, owner, seq, coversAt: lastAt, at };
  if (!(yield* claimStretch(db, stretch))) return { kind: 'nothing' } as Outcome;
  const request = {
    job: 'summary',
    messages: summaryMessages(lines, known),
    maxTokens: MAX_TOKENS,
    temperature: TEMPERATURE,
    timeoutMs: TIMEOUT_MS,
    sessionId: conversationId,
  };
  const commandId = `${conversationId}:${seq}:summary:${summaryId}`;
  const by = { conversationId, commandId, attempt: 1, promptVersions: [SUMMARY_PROMPT_VERSION] };
  return yield* askModel(request, by).pipe(
    Effect.matchEffect({
      onFailure: (error) => failed(db, summaryId, error),
      onSuccess: ({ text, model, usage }) => {
        const kept = keptSummary(text, known);
        if (kept === null) return failWith(db, summaryId, 'empty', false);
        return summaries
          .keep(summaryId, { text: kept, model, cost: usage.costUsd })
          .pipe(Effect.as<Outcome>({ kind: 'done' }));
      },
    }),
  );
});

type AskError = ChatModelError | BudgetSpent | LedgerAway;

/** Refused before it began: by the day's money, by the vendor, or by our own circuit. */
const costNothing = (error: AskError): boolean => {
  switch (error._tag) {
    case 'BudgetSpent':
    case 'LedgerAway':
    case 'ChatModelAccount':
    case 'ChatModelRateLimited':
      return true;
    case 'ChatModelUnavailable':
      return error.code === 'circuit_open';
    default:
      return false;
  }
};

const failed = (db: Transactions, summaryId: string, error: AskError) =>
  costNothing(error)
    ? releaseStretch(db, summaryId).pipe(Effect.as<Outcome>({ kind: 'untouched', reason: error.message }))
    : failWith(db, summaryId, error._tag, SYSTEMIC.has(error._tag));

/** What fails one conversation like this will fail the next one too. */
const SYSTEMIC: ReadonlySet<AskError['_tag']> = new Set([
  'ChatModelUnreachable',
  'ChatModelUnavailable',
  'ChatModelRejected',
]);

const failWith = (db: Transactions, summaryId: string, reason: string, isSystemic: boolean) =>
  failStretch(db, summaryId, reason).pipe(Effect.as<Outcome>({ kind: 'failed', reason, isSystemic }));
