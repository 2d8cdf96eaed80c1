/** Reviews on the real engine, Postgres and books, with the model's double: what their tests share. */
import { Effect, Layer, Logger, ManagedRuntime, Redacted } from 'effect';
import { afterAll, beforeAll } from 'vitest';
import { AlertNotSent, Alerts } from '../../actors/conversation/alerts.ts';
import { makeVendorHealthRegistry } from '../../adapters/http/vendor-health.ts';
import { type OpenRouterDouble, startOpenRouterDouble } from '../../adapters/openrouter/double.ts';
import { ChatModel } from '../../adapters/openrouter/openrouter.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { DEFAULT_SETTINGS, type Settings } from '../api/settings-schema.ts';
import { eventually, type TestEngine, testClock, testEngine } from '../engine/testing/harness.ts';
import { modelLedger } from '../spend/model-ledger.ts';
import { summarySource } from '../summaries/summary-source.ts';
import { dialogueSource } from './dialogue-source.ts';
import { askDueReviews } from './due-reviews.ts';
import { judgeSettings } from './judge-policy.ts';
import { makeQualityApi } from './quality-api.ts';
import { reviewKind } from './review-kind.ts';

export const HOUR = 3_600_000;
export const TIME_ZONE = 'Asia/Dubai';
export const JUDGE = 'other/judge';

type Reviews = Settings['reviews'];

export interface Raised {
  readonly id: string;
  readonly conversationId: string | null;
  readonly reason: string;
  readonly summary: string;
}

/** One author's words, `minutesAgo` before now. */
export type Said = readonly [sender: 'customer' | 'bot' | 'manager', text: string, author?: string];

/** Call at the top of a file: sets the hooks. */
export const reviewStage = () => {
  const clock = testClock();
  const now = () => Math.floor(clock.now());
  const alerts = new Map<string, Raised>();
  const raised: string[] = [];
  let takes = true;
  let db: TestDatabase;
  let model: OpenRouterDouble;
  let engine: TestEngine;
  let settings: Settings = DEFAULT_SETTINGS;
  let close: () => Promise<void>;
  let startReplica: (replicaId: string) => Promise<TestEngine>;
  const store = { get: async () => settings };

  beforeAll(async () => {
    db = await testDatabase();
    model = await startOpenRouterDouble();
    const quiet = () => undefined;
    const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
    const options = { settings: store, clock: { now }, timeZone: TIME_ZONE };
    const runtime = ManagedRuntime.make(
      Layer.mergeAll(
        ChatModel.layer({
          baseUrl: model.url,
          apiKey: Redacted.make('k'),
          model: 'writer/x',
          breaker: { registry: makeVendorHealthRegistry() },
        }),
        modelLedger({ ...options, pool: db.pool, log }),
        Layer.succeed(Alerts, {
          raise: (id, { conversationId, reason, summary }) =>
            takes
              ? Effect.sync(() => {
                  raised.push(id);
                  alerts.set(id, { id, conversationId, reason, summary });
                })
              : Effect.fail(new AlertNotSent({ message: 'Telegram is away.', retryable: true })),
          close: () => Effect.void,
        }),
        judgeSettings({ ...options, model: JUDGE }),
        dialogueSource(db.pool, store).pipe(Layer.provide(summarySource(db.pool))),
      ).pipe(Layer.provideMerge(Logger.layer([]))),
    );
    const services = await runtime.context();
    startReplica = (replicaId) =>
      testEngine({ databaseUrl: db.url, kinds: [reviewKind(services, db.pool)], clock, replicaId });
    engine = await startReplica('test');
    close = () => runtime.dispose();
  });
  afterAll(async () => {
    await engine.stop(1000);
    await close();
    await model.close();
    await db.drop();
  });

  const stage = {
    clock,
    now,
    alerts,
    get pool() {
      return db.pool;
    },
    get model() {
      return model;
    },
    get engine() {
      return engine;
    },
    settings: store,
    /** From now on these settings of reviews hold; what is left out has its default. */
    set: (
      scope: 'bot' | 'manager' | 'redFlags',
      chosen: Partial<Reviews['bot']>,
      dailyBudgetUsd = '1.00',
    ) => {
      const { reviews } = DEFAULT_SETTINGS;
      settings = {
        ...DEFAULT_SETTINGS,
        reviews: { ...reviews, [scope]: { ...reviews[scope], ...chosen }, dailyBudgetUsd },
      };
    },
    /** The same for another kind, beside what was set before. */
    alsoSet: (scope: 'bot' | 'manager' | 'redFlags', chosen: Partial<Reviews['bot']>) => {
      const { reviews } = settings;
      settings = { ...settings, reviews: { ...reviews, [scope]: { ...reviews[scope], ...chosen } } };
    },
    /** Every alert as often as it was raised. */
    raised,
    /** Whether the managers' group takes alerts. */
    telegramTakes: (does: boolean) => {
      takes = does;
    },
    /** Another engine on the same database; the test stops it. */
    replica: (replicaId: string) => startReplica(replicaId),
    look: (at: Pick<TestEngine, 'deliver'> = engine) =>
      askDueReviews({ pool: db.pool, engine: at, settings: store, clock: { now }, timeZone: TIME_ZONE }),
    api: () =>
      makeQualityApi({
        pool: db.pool,
        engine,
        settings: store,
        clock: { now },
        timeZone: TIME_ZONE,
        model: JUDGE,
      }),
    /** Calls of the judge until now. */
    asked: () => model.server.log.filter(({ path }) => path.endsWith('/completions')).length,
    /** The newest review of the conversation, once it is in that state. */
    review: (id: string, state: string, scope = 'bot') =>
      eventually(async () => {
        const { rows } = await db.pool.query(
          `select * from quality_review where conversation_id = $1 and state = $2 and scope = $3
           order by activity_at desc`,
          [id, state, scope],
        );
        return rows[0];
      }),
    /** A dialogue that ended `hoursAgo`, one second between two messages. Answers when its last message was written. */
    talk: async (
      id: string,
      hoursAgo: number,
      lines: readonly Said[] = [
        ['customer', 'Hi there'],
        ['bot', 'Hello, I am Noor of Treejar'],
      ],
    ): Promise<number> => {
      const [, channel, chat] = id.split(':');
      const last = now() - Math.round(hoursAgo * HOUR);
      for (const [i, [sender, text, author]] of lines.entries()) {
        await db.pool.query(
          `insert into message (conversation_id, message_id, sender, kind, text, status, status_rank, seq, changed_seq,
             at, author)
           values ($1, $2, $3, 'text', $4, 'received', 0, $5, $5, $6, $7)`,
          [id, `m${last}-${i}`, sender, text, i + 2, last - 1000 * (lines.length - 1 - i), author ?? null],
        );
      }
      await db.pool.query(
        `insert into conversation (conversation_id, channel_id, chat_id, language, owner, states, state_paths, last_at,
           unanswered, seq, machine_version, sort_rank, search, created_at, updated_at)
         values ($1, $2, $3, 'en', 'bot', '{}', '{}', $4, 0, 3, '1', 0, '', $4, $4)
         on conflict (conversation_id) do update set last_at = excluded.last_at`,
        [id, channel, chat, last],
      );
      return last;
    },
    /** A row of the conversation's journal: it left one state for another. */
    moved: async (
      id: string,
      seq: number,
      at: number,
      from: string,
      to: string,
      diff: readonly object[] = [],
    ) => {
      await db.pool.query(
        `insert into journal (actor_id, seq, kind, at, event_id, cause, event, from_states, to_states, guards, context_diff,
           commands, timers, machine_version)
         values ($1, $2, 'conversation', $3, $4, 'bot', '{}', $5, $6, '[]', $7, '[]', '[]', '1')`,
        [id, seq, at, `e${seq}`, JSON.stringify([from]), JSON.stringify([to]), JSON.stringify(diff)],
      );
    },
  };
  return stage;
};
