/** The gate of everything that we write first, and what outreach keeps, in Postgres. */
import { Effect, Layer } from 'effect';
import type pg from 'pg';
import { OutreachStore, OutreachUnavailable } from '../../actors/outreach/outreach-store.ts';
import { ChannelGate } from '../../adapters/wazzup/channel-gate.ts';
import type { BusinessHours } from '../../machines/business-hours/business-hours.ts';
import type { FeedbackParams, OptOutParams } from '../../machines/conversation/actors.ts';
import type { TouchDecision, TouchRequest } from '../../machines/outreach/touch.ts';
import type { SettingsStore } from '../api/settings-store.ts';
import type { Clock } from '../engine/types.ts';
import { takeAllowance } from './allowance.ts';
import { type Judge, makeJudge } from './judge.ts';
import { policyOf } from './policy.ts';

const KNOWN_SQL = `select command_id, decision from outreach_attempt
  where conversation_id = $1 and kind = $2 and schedule = $3 and step = $4`;
const KEEP_SQL = `insert into outreach_attempt
    (conversation_id, kind, schedule, step, command_id, outcome, reason, decision, at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`;
const OPT_OUT_SQL = `insert into opt_out (chat_id, conversation_id, at) values ($1, $2, $3)
  on conflict (chat_id) do nothing`;
const FEEDBACK_SQL = `insert into feedback
    (conversation_id, order_number, overall, delivery, recommend, comment, requested_at, at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (conversation_id) do update set order_number = excluded.order_number, overall = excluded.overall,
    delivery = excluded.delivery, recommend = excluded.recommend, comment = excluded.comment, at = excluded.at
  where feedback.at <= excluded.at`;

export interface OutreachStoreOptions {
  readonly pool: pg.Pool;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly clock: Clock;
  readonly hours: BusinessHours;
  readonly timeZone: string;
}

/** Needs the channel's gate (lesson F-45). */
export const outreachStore = (options: OutreachStoreOptions) =>
  Layer.effect(
    OutreachStore,
    Effect.map(ChannelGate, (gate) => {
      const judge = makeJudge({ ...options, gate });
      return {
        decide: (request: TouchRequest, commandId: string) =>
          attempt(() => decide(options, judge, request, commandId)),
        keepOptOut: ({ chatId, conversationId, at }: OptOutParams) =>
          attempt(() => options.pool.query(OPT_OUT_SQL, [chatId, conversationId, at])).pipe(Effect.asVoid),
        keepFeedback: (given: FeedbackParams) =>
          attempt(() =>
            options.pool.query(FEEDBACK_SQL, [
              given.conversationId,
              given.order,
              given.overall,
              given.delivery,
              given.recommend,
              given.comment,
              given.requestedAt,
              given.at,
            ]),
          ).pipe(Effect.asVoid),
      };
    }),
  );

const attempt = <A>(run: () => Promise<A>): Effect.Effect<A, OutreachUnavailable> =>
  Effect.tryPromise({
    try: run,
    catch: (error) =>
      new OutreachUnavailable({
        retryable: true,
        message: `Outreach could not be decided (${error instanceof Error ? error.name : typeof error}); check the database.`,
      }),
  });

const keyOf = ({ conversationId, touch }: TouchRequest): readonly unknown[] => [
  conversationId,
  touch.kind,
  touch.schedule,
  touch.step,
];

const ALREADY: TouchDecision = { verdict: 'blocked', reason: 'already_sent', detail: null };

/** What was decided before stands; what waits is not remembered, because it is asked again. */
const decide = async (
  { pool, settings, clock }: OutreachStoreOptions,
  judge: Judge,
  request: TouchRequest,
  commandId: string,
): Promise<TouchDecision> => {
  const before = await known(pool, request, commandId);
  if (before) return before;
  const now = clock.now();
  const document = await settings.get();
  const [decision] = await judge([{ request, now }], document);
  if (!decision) throw new Error('a touch was not judged');
  if (decision.verdict === 'wait') return decision;
  const { allowance } = policyOf(document, request.touch, request.language);
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const taken = decision.verdict === 'send' ? await takeAllowance(client, allowance, now) : 'taken';
    const reason = decision.verdict === 'send' ? null : decision.reason;
    if (taken !== 'taken') {
      await client.query('rollback');
      return { verdict: 'wait', until: taken.until, reason: taken.what };
    }
    const values = [...keyOf(request), commandId, decision.verdict, reason, JSON.stringify(decision), now];
    const kept = await client.query(KEEP_SQL, values);
    if (kept.rowCount === 0) {
      // Two tries of one command at the same moment: the first one's answer is everybody's.
      await client.query('rollback');
      return (await known(pool, request, commandId)) ?? ALREADY;
    }
    await client.query('commit');
    return decision;
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // A connection that failed in the middle of a transaction is not used again.
    client.release(broken);
  }
};

const known = async (
  pool: pg.Pool,
  request: TouchRequest,
  commandId: string,
): Promise<TouchDecision | null> => {
  const { rows } = await pool.query<{ command_id: string; decision: TouchDecision }>(KNOWN_SQL, [
    ...keyOf(request),
  ]);
  const [row] = rows;
  if (!row) return null;
  return row.command_id === commandId ? row.decision : ALREADY;
};
