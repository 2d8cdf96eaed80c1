/**
 * What timers cannot see: orders that were paid or delivered elsewhere, payments that are due, long silence. A run only
 * delivers events to mailboxes; the statechart decides, and the gate after it (domain 17.8, 18.1, 18.4).
 */
import type pg from 'pg';
import { CONVERSATION_KIND } from '../../machines/conversation/events.ts';
import type { OutreachEvent } from '../../machines/conversation/outreach-events.ts';
import { REACTIVATION_DAYS } from '../../machines/outreach/schedule.ts';
import type { Settings } from '../api/settings-schema.ts';
import type { SettingsStore } from '../api/settings-store.ts';
import type { Clock, EngineApi, Log, MailboxEvent } from '../engine/types.ts';
import { purgeAllowances } from './allowance.ts';

export const RUN_KINDS = ['orders', 'payment', 'reactivation'] as const;
export type RunKind = (typeof RUN_KINDS)[number];

export interface RunOptions {
  readonly pool: pg.Pool;
  readonly engine: Pick<EngineApi, 'deliver'>;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** How many conversations were asked to consider it; how many were asked before. */
export interface RunResult {
  readonly kind: RunKind;
  readonly delivered: number;
  readonly known: number;
  /** Why nothing was looked for; null: it was. */
  readonly skipped: string | null;
}

const DAY_MS = 24 * 3_600_000;
/** Orders looked at in one run: Zoho allows 100 calls a minute (wire/04 §2). */
const ORDERS_PER_RUN = 50;
/** A silence that a run missed, because nothing ran, is still found so many days later. */
const REACTIVATION_SPAN_DAYS = 7;

const DUE_SQL = `select conversation_id, schedule, due_at from outreach_plan
  where kind = $1 and due_at <= $2 order by due_at, conversation_id limit $3`;

/** Follows index `conversation_quiet`. One touch a silence: who was written to in it is not looked at again. */
const SILENT_SQL = `select c.conversation_id, c.last_at from conversation c
  where c.last_at > $1 and c.last_at <= $2 and c.owner = 'bot'
    and not c.state_paths && array['outreach.optedOut', 'lifecycle.closed']
    and not exists (select 1 from outreach_attempt a where a.conversation_id = c.conversation_id
      and a.kind = 'reactivation' and a.step = $3 and a.at > c.last_at)
  order by c.last_at, c.conversation_id limit $4`;

/** `manual`: an administrator asked, so that a mode `manual` counts as on. */
export const runOutreach = async (
  options: RunOptions,
  kinds: readonly RunKind[],
  manual: boolean,
): Promise<readonly RunResult[]> => {
  const { settings, clock, pool, log } = options;
  const document = await settings.get();
  const now = clock.now();
  const results: RunResult[] = [];
  for (const kind of kinds) results.push(await RUNS[kind](options, document, now, manual));
  await purgeAllowances(pool, now);
  for (const { kind, delivered, skipped } of results)
    log.info({ kind, delivered, skipped }, 'outreach was considered');
  return results;
};

type Run = (options: RunOptions, settings: Settings, now: number, manual: boolean) => Promise<RunResult>;

const skipped = (kind: RunKind, why: string): RunResult => ({ kind, delivered: 0, known: 0, skipped: why });

const orders: Run = async ({ pool, engine }, _settings, now) => {
  const { rows } = await pool.query<DueRow>(DUE_SQL, ['order_check', now, ORDERS_PER_RUN]);
  const events = rows.map((row) =>
    eventFor(row.conversation_id, `order.check:${row.due_at}`, now, { type: 'order.check' }),
  );
  return { kind: 'orders', ...(await deliver(engine, events)), skipped: null };
};

interface DueRow {
  readonly conversation_id: string;
  readonly schedule: string;
  readonly due_at: number | string;
}

const payment: Run = async ({ pool, engine }, { paymentReminders }, now, manual) => {
  if (paymentReminders.mode === 'disabled') return skipped('payment', 'paymentReminders.mode is disabled');
  if (paymentReminders.mode === 'manual' && !manual) {
    return skipped('payment', 'paymentReminders.mode is manual');
  }
  const { rows } = await pool.query<DueRow>(DUE_SQL, ['payment', now, paymentReminders.maxPerRun]);
  // Once a day and order: the gate knows the touches that were made.
  const day = Math.floor(now / DAY_MS);
  const events = rows.map((row) =>
    eventFor(row.conversation_id, `payment:${row.schedule}:${day}`, now, {
      type: 'outreach.errand',
      errand: 'payment',
      step: 1,
    }),
  );
  return { kind: 'payment', ...(await deliver(engine, events)), skipped: null };
};

const reactivation: Run = async ({ pool, engine }, settings, now) => {
  if (!settings.reactivation.enabled) return skipped('reactivation', 'reactivation.enabled is off');
  const events: MailboxEvent[] = [];
  for (const days of REACTIVATION_DAYS) {
    const until = now - days * DAY_MS;
    const { rows } = await pool.query<{ conversation_id: string; last_at: number | string }>(SILENT_SQL, [
      until - REACTIVATION_SPAN_DAYS * DAY_MS,
      until,
      days,
      settings.followUps.maxPerRun,
    ]);
    for (const row of rows) {
      events.push(
        eventFor(
          row.conversation_id,
          `reactivation:${days}:${row.last_at}:${Math.floor(now / DAY_MS)}`,
          now,
          {
            type: 'outreach.errand',
            errand: 'reactivation',
            step: days,
            // Domain 17.8: the long one is for the named segments alone.
            ...(days === 90 ? { segments: settings.reactivation.segments } : {}),
          },
        ),
      );
    }
  }
  return { kind: 'reactivation', ...(await deliver(engine, events)), skipped: null };
};

const RUNS: Readonly<Record<RunKind, Run>> = { orders, payment, reactivation };

const eventFor = (actorId: string, id: string, now: number, body: OutreachEvent): MailboxEvent => ({
  actorId,
  kind: CONVERSATION_KIND,
  eventId: `outreach:${id}`,
  cause: 'job',
  sentAt: now,
  body: { ...body },
});

const deliver = async (
  engine: Pick<EngineApi, 'deliver'>,
  events: readonly MailboxEvent[],
): Promise<{ readonly delivered: number; readonly known: number }> => {
  if (events.length === 0) return { delivered: 0, known: 0 };
  const answers = await engine.deliver(events);
  const delivered = answers.filter((answer) => answer === 'accepted').length;
  return { delivered, known: answers.length - delivered };
};
