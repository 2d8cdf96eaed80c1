/** After the load: is everything that was answered 200 there, applied once, and was each reply seen once? */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CrowdResult, Turn } from './crowd.ts';
import { comparePhones, type Witnesses } from './phones.ts';
import type { Stage } from './stage.ts';
import type { Posted } from './webhooks.ts';

export interface Verdict {
  /** Answered 200 and not in the mailbox. */
  readonly lost: number;
  /** In the mailbox and not applied when everything had come to rest. */
  readonly unapplied: number;
  /** Applied to a conversation that answered nothing after it. */
  readonly unanswered: number;
  /** At the customer's phone more than once, by the ids of their commands. */
  readonly doubled: number;
  /** At the phone once, and not known there yet when everything should have come to rest. */
  readonly unsettled: number;
  /** The shop says that it sent them, and no phone has them. */
  readonly vanished: number;
  /** Events and commands that wait for a person. */
  readonly parked: number;
}

export const isClean = (verdict: Verdict): boolean => Object.values(verdict).every((count) => count === 0);

const REST_STEP_MS = 250;
/** The end of a burst, and the reply's deadline: what is due later does not belong to a turn. */
const SHORT_TIMER_MS = 12_000;

/** Waits until no event, no command of a turn and no short timer is left; answers what is left when that takes longer. */
export const comeToRest = async ({ pool }: Stage, withinMs: number): Promise<number> => {
  const giveUpAt = performance.now() + withinMs;
  for (;;) {
    const { rows } = await pool.query<{ events: number; commands: number; timers: number }>(
      `select (select count(*) from mailbox where applied_seq is null and parked_at is null)::int as events,
         (select count(*) from outbox where status in ('pending', 'running')
            and name in ('brief', 'think', 'useTools', 'createQuote', 'renderQuote', 'findPhotos', 'sendMessage'))::int
           as commands,
         (select count(*) from timer where due_at < $1)::int as timers`,
      [Date.now() + SHORT_TIMER_MS],
    );
    const { events = 1, commands = 1, timers = 1 } = rows[0] ?? {};
    const left = events + commands + timers;
    if (left === 0 || performance.now() > giveUpAt) return left;
    await sleep(REST_STEP_MS);
  }
};

export const witnessesOf = ({ pool, vendors }: Stage): Witnesses => ({
  pool,
  phones: vendors.wazzup.simulator,
});

export const verify = async (
  witnesses: Witnesses,
  posted: readonly Posted[],
  turns: readonly Turn[],
): Promise<Verdict> => {
  const taken = posted.filter(({ takenAt }) => takenAt !== null).map(({ messageId }) => messageId);
  const { rows } = await witnesses.pool.query<{ lost: number; unapplied: number; parked: number }>(
    `select count(*) filter (where m.event_id is null)::int as lost,
       count(*) filter (where m.event_id is not null and m.applied_seq is null)::int as unapplied,
       ((select count(*) from mailbox where parked_at is not null)
         + (select count(*) from outbox where parked_at is not null))::int as parked
     from unnest($1::text[]) as t (event_id) left join mailbox m on m.event_id = t.event_id`,
    [taken],
  );
  const { lost = 0, unapplied = 0, parked = 0 } = rows[0] ?? {};
  const { doubled, unsettled, vanished } = await comparePhones(witnesses);
  const unanswered = turns.filter(({ repliedAt }) => repliedAt === null).length;
  return { lost, unapplied, unanswered, doubled, unsettled, vanished, parked };
};

export interface ReplyTimes {
  /** From the webhook to the words at the phone, ms. */
  readonly whole: number[];
  /** Without the model's calls of that turn and the quiet time that ends a burst. */
  readonly ours: number[];
  readonly modelCalls: number;
}

/** Takes from each turn what its model calls took, by the shop's own book of them. */
export const replyTimes = async (
  { pool }: Stage,
  { turns }: Pick<CrowdResult, 'turns'>,
  quietMs: number,
  conversationOf: (chatId: string) => string,
): Promise<ReplyTimes> => {
  const { rows } = await pool.query<{ conversation_id: string; at: string; duration_ms: number | null }>(
    'select conversation_id, at, duration_ms from model_call where duration_ms is not null',
  );
  const calls = Map.groupBy(rows, (row) => row.conversation_id);
  const whole: number[] = [];
  const ours: number[] = [];
  let modelCalls = 0;
  for (const { chatId, saidAt, repliedAt } of turns) {
    if (repliedAt === null) continue;
    const own = (calls.get(conversationOf(chatId)) ?? []).filter(
      ({ at }) => Number(at) >= saidAt && Number(at) <= repliedAt,
    );
    const model = own.reduce((sum, call) => sum + (call.duration_ms ?? 0), 0);
    modelCalls += own.length;
    whole.push(repliedAt - saidAt);
    ours.push(repliedAt - saidAt - model - quietMs);
  }
  return { whole, ours, modelCalls };
};
