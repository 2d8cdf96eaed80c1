/** A runaway of every job at once: the day's money is a hard stop, managers hear of it once, customers are still answered. */
import { Effect, Layer, Logger, ManagedRuntime, Redacted } from 'effect';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Alerts } from '../../actors/conversation/alerts.ts';
import { askModel } from '../../actors/model/ask-model.ts';
import { makeVendorHealthRegistry } from '../../adapters/http/vendor-health.ts';
import { type OpenRouterDouble, startOpenRouterDouble } from '../../adapters/openrouter/double.ts';
import { ChatModel } from '../../adapters/openrouter/openrouter.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { DEFAULT_SETTINGS, type Settings } from '../api/settings-schema.ts';
import { modelLedger } from './model-ledger.ts';

/** Everything but the dialogue that asks a model; one that nobody thought of is held as well. */
const JOBS = ['quality', 'summary', 'draft', 'sight', 'prompt-trial', 'a-new-one'] as const;
const ROUNDS = 12;
const AT_ONCE = 3;
const SHOP_USD = 0.5;
/** The last fifth is kept for customers. */
const OTHERS_USD = 0.4;
const DAY = '2026-03-01';

let db: TestDatabase;
let model: OpenRouterDouble;
const alerts: string[] = [];
const settings: Settings = {
  ...DEFAULT_SETTINGS,
  budgets: {
    totalDailyUsd: SHOP_USD.toFixed(2),
    dialogueDailyUsd: '9.00',
    summaryDailyUsd: '9.00',
    otherDailyUsd: '9.00',
  },
  reviews: { ...DEFAULT_SETTINGS.reviews, dailyBudgetUsd: '9.00' },
};
beforeAll(async () => {
  db = await testDatabase();
  model = await startOpenRouterDouble();
  // Nearly as dear as the books are prepared for: the double is too cheap to reach a limit.
  await db.pool.query(`create function dear() returns trigger language plpgsql as
    $$ begin new.cost_usd := old.reserved_usd * 0.9; return new; end $$`);
  await db.pool.query('create trigger dear before update on model_call for each row execute function dear()');
});
afterAll(async () => {
  await model.close();
  await db.drop();
});

const spent = async (jobs: string): Promise<number> =>
  (
    await db.pool.query<{ usd: number }>(
      `select coalesce(sum(coalesce(cost_usd, reserved_usd)), 0)::float8 as usd from model_call where ${jobs}`,
    )
  ).rows[0]?.usd ?? 0;

const runtimeOf = () => {
  const quiet = () => undefined;
  const clock = { now: () => Date.parse(`${DAY}T08:00:00Z`) };
  return ManagedRuntime.make(
    Layer.mergeAll(
      ChatModel.layer({
        baseUrl: model.url,
        apiKey: Redacted.make('k'),
        model: 'writer/x',
        breaker: { registry: makeVendorHealthRegistry() },
      }),
      modelLedger({
        pool: db.pool,
        settings: { get: async () => settings },
        clock,
        log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
        timeZone: 'Asia/Dubai',
      }),
      Layer.succeed(Alerts, {
        raise: (id) => Effect.sync(() => void alerts.push(id)),
        close: () => Effect.void,
      }),
    ).pipe(Layer.provideMerge(Logger.layer([]))),
  );
};

it('of all jobs stops at what is theirs, is told once, and leaves the rest to customers', async () => {
  const runtime = runtimeOf();
  let calls = 0;
  const ask = (job: string) => {
    calls += 1;
    return runtime.runPromise(
      askModel(
        { job, messages: [{ role: 'user', content: 'Are you there?' }], maxTokens: 1000 },
        { conversationId: null, commandId: `runaway:${calls}`, attempt: 1, promptVersions: [] },
      ).pipe(
        Effect.as('answered'),
        Effect.catch((error) => Effect.succeed(error._tag)),
      ),
    );
  };
  try {
    const became: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const jobs = JOBS.flatMap((job) => Array.from({ length: AT_ONCE }, () => job));
      became.push(...(await Promise.all(jobs.map(ask))));
      expect(await spent(`job <> 'dialogue'`)).toBeLessThanOrEqual(OTHERS_USD);
    }
    expect(new Set(became)).toEqual(new Set(['answered', 'BudgetSpent']));
    // Another call would have been too dear: it went as far as it could.
    expect(await spent(`job <> 'dialogue'`)).toBeGreaterThan(OTHERS_USD - 0.02);
    expect(model.server.log.length).toBe(became.filter((what) => what === 'answered').length);
    expect(new Set(alerts)).toEqual(new Set([`model-budget:others:${DAY}`]));
    expect(await ask('dialogue')).toBe('answered');
    expect(await spent('true')).toBeLessThanOrEqual(SHOP_USD);
  } finally {
    await runtime.dispose();
  }
});
