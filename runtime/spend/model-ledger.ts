/**
 * The books of model calls in Postgres: a row before each call, its true cost after it, and the day's sums beside it.
 * A call of a dialogue goes out while there is money left; so the last one may pass the limit, by its own cost at most. No
 * other call goes out that could.
 */
import { Cause, Effect, Layer, Schedule } from 'effect';
import type pg from 'pg';
import {
  BudgetSpent,
  type CallEnd,
  type CallIntent,
  LedgerAway,
  ModelLedger,
  type Reservation,
} from '../../actors/model/model-ledger.ts';
import type { SettingsStore } from '../api/settings-store.ts';
import type { Clock, Log } from '../engine/types.ts';
import { type Budget, budgetOf } from './budgets.ts';
import { LOCK_SQL, LOSE_SQL, RESERVE_SQL, SETTLE_SQL } from './ledger-sql.ts';

export interface LedgerOptions {
  readonly pool: pg.Pool;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly clock: Clock;
  readonly log: Log;
  /** IANA name: where the business day begins at midnight. */
  readonly timeZone: string;
}

/** Far longer than any call may take: whoever made it is dead. */
export const LOST_AFTER_MS = 3 * 60_000;
/** An attempt is made anew when a replica stopped in it or an operator asked: each is a call of its own. */
const MAX_RUNS_OF_ATTEMPT = 20;
/** A settled call must not be lost to a hiccup of the database; a longer outage has other witnesses. */
const SETTLE_TRIES = 4;
const SETTLE_WAIT_MS = 50;

interface Answer {
  readonly day: string;
  readonly job_usd: string;
  readonly shop_usd: string;
  readonly job_has: boolean;
  readonly shop_has: boolean;
  readonly shop_limit: string;
  readonly kept: boolean;
}

export const modelLedger = (options: LedgerOptions): Layer.Layer<ModelLedger> =>
  Layer.succeed(ModelLedger, {
    reserve: (intent) =>
      Effect.tryPromise({
        try: () => reserve(options, intent),
        catch: (cause) => away(options, cause),
      }).pipe(
        Effect.flatMap((made) => (made instanceof BudgetSpent ? Effect.fail(made) : Effect.succeed(made))),
      ),
    settle: (reservation, end) =>
      Effect.tryPromise(() => options.pool.query(SETTLE_SQL, [...settleValues(reservation, end)])).pipe(
        Effect.retry({ times: SETTLE_TRIES - 1, schedule: Schedule.exponential(SETTLE_WAIT_MS) }),
        Effect.catchCause((cause) =>
          Effect.sync(() =>
            options.log.error(
              {
                callOutcome: end.outcome,
                costUsd: end.bill?.usage.costUsd,
                reason: codeOf(Cause.squash(cause)),
              },
              'a model call could not be booked; it will count as lost',
            ),
          ),
        ),
        Effect.asVoid,
      ),
  });

const reserve = async (options: LedgerOptions, intent: CallIntent): Promise<Reservation | BudgetSpent> => {
  const { pool, clock } = options;
  const budget = budgetOf(intent.job, await options.settings.get());
  const now = clock.now();
  const client = await pool.connect();
  try {
    await client.query(LOCK_SQL);
    await client.query(LOSE_SQL, [now, LOST_AFTER_MS]);
    const made = await keep(client, options.timeZone, intent, budget, now);
    await client.query('commit');
    client.release();
    return made;
  } catch (error) {
    // A connection that cannot roll back is thrown away, and its lock with it.
    await client.query('rollback').then(
      () => client.release(),
      () => client.release(true),
    );
    throw error;
  }
};

const keep = async (
  client: pg.PoolClient,
  timeZone: string,
  intent: CallIntent,
  budget: Budget,
  now: number,
): Promise<Reservation | BudgetSpent> => {
  const conversationId = intent.conversationId ?? '';
  for (let run = 1; run <= MAX_RUNS_OF_ATTEMPT; run += 1) {
    const callId = `${intent.commandId}#${intent.attempt}${run === 1 ? '' : `.${run}`}`;
    const { rows } = await client.query<Answer>(RESERVE_SQL, [
      conversationId,
      callId,
      intent.job,
      now,
      timeZone,
      intent.promptVersions,
      intent.reserveUsd,
      budget.jobUsd,
      budget.shopUsd,
      LOST_AFTER_MS,
      budget.shopShare,
      budget.strict,
    ]);
    const answer = rows[0];
    if (!answer) throw new Error('the budget query gave no row');
    if (!answer.job_has || !answer.shop_has) return spent(intent.job, budget, answer);
    if (answer.kept) return { conversationId, callId };
  }
  throw new Error(`one attempt was run more than ${MAX_RUNS_OF_ATTEMPT} times`);
};

const spent = (job: string, budget: Budget, answer: Answer): BudgetSpent => {
  const scope = answer.job_has ? 'shop' : 'job';
  const usedUsd = scope === 'job' ? answer.job_usd : answer.shop_usd;
  const limitUsd = scope === 'job' ? budget.jobUsd : answer.shop_limit;
  const what =
    scope === 'job' ? `The daily money for ${job}` : `The shop's daily money, as far as it is for ${job},`;
  return new BudgetSpent({
    message: `${what} is spent: ${usedUsd} of ${limitUsd} USD on ${answer.day}. Raise it in the settings (budgets), or wait for the next business day.`,
    retryable: false,
    job,
    scope,
    day: answer.day,
    usedUsd,
    limitUsd,
  });
};

const settleValues = ({ conversationId, callId }: Reservation, end: CallEnd): readonly unknown[] => {
  const { bill } = end;
  const costUsd = bill && isTold(bill.usage) ? bill.usage.costUsd : end.free ? '0' : null;
  return [
    conversationId,
    callId,
    end.outcome,
    end.errorClass,
    bill?.model ?? null,
    bill?.provider ?? null,
    bill?.generationId ?? null,
    bill?.usage.promptTokens ?? 0,
    bill?.usage.cachedTokens ?? 0,
    bill?.usage.completionTokens ?? 0,
    bill?.usage.reasoningTokens ?? 0,
    costUsd,
    Math.round(end.durationMs),
    end.finishReason,
  ];
};

/** A broken stream knows its generation and not its usage: then the cost is unknown, not zero. */
const isTold = (usage: { readonly promptTokens: number; readonly costUsd: string }): boolean =>
  usage.promptTokens > 0 || usage.costUsd !== '0';

const away = ({ log }: LedgerOptions, cause: unknown): LedgerAway => {
  log.warn({ reason: codeOf(cause) }, 'the books of model calls could not be opened');
  return new LedgerAway({
    message: 'The books of model calls could not be opened, so the model was not asked; check the database.',
    retryable: true,
  });
};

/** The driver's text may quote values: only its code is told. */
const codeOf = (cause: unknown): string => {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  if (!(inner instanceof Error)) return 'unknown';
  return (inner as Error & { code?: string }).code ?? inner.name;
};
