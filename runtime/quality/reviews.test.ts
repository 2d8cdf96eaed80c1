/** Reviews from a mature dialogue to a score: the real engine, Postgres and books, the model's double. */
import { Effect, Layer, Logger, ManagedRuntime, Redacted } from 'effect';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Alerts } from '../../actors/conversation/alerts.ts';
import { DialogueSource } from '../../actors/quality/dialogue-source.ts';
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
import { eraseReviews } from './erase-reviews.ts';
import { judgeSettings } from './judge-policy.ts';
import { reviewKind } from './review-kind.ts';

const HOUR = 3_600_000;
const TIME_ZONE = 'Asia/Dubai';
const clock = testClock();
const now = () => Math.floor(clock.now());
let db: TestDatabase;
let model: OpenRouterDouble;
let engine: TestEngine;
let settings: Settings;
let close: () => Promise<void>;

beforeAll(async () => {
  db = await testDatabase();
  model = await startOpenRouterDouble();
  const quiet = () => undefined;
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const runtime = ManagedRuntime.make(
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
        clock: { now },
        log,
        timeZone: 'Asia/Dubai',
      }),
      Layer.succeed(Alerts, { raise: () => Effect.void, close: () => Effect.void }),
      judgeSettings({
        settings: { get: async () => settings },
        clock: { now },
        timeZone: TIME_ZONE,
        model: 'other/judge',
      }),
      dialogueSource(db.pool, { get: async () => settings }).pipe(Layer.provide(summarySource(db.pool))),
    ).pipe(Layer.provideMerge(Logger.layer([]))),
  );
  engine = await testEngine({
    databaseUrl: db.url,
    kinds: [reviewKind(await runtime.context(), db.pool)],
    clock,
  });
  close = () => runtime.dispose();
});
afterAll(async () => {
  await engine.stop(1000);
  await close();
  await model.close();
  await db.drop();
});

const switchedTo = (
  mode: Settings['reviews']['bot']['mode'],
  dailyBudgetUsd = '1.00',
  more: Partial<Settings['reviews']['bot']> = {},
): Settings => {
  const { reviews } = DEFAULT_SETTINGS;
  return {
    ...DEFAULT_SETTINGS,
    reviews: { ...reviews, bot: { ...reviews.bot, mode, ...more }, dailyBudgetUsd },
  };
};
const look = async () => (await lookAll()).bot;
const lookAll = () =>
  askDueReviews({
    pool: db.pool,
    engine,
    settings: { get: async () => settings },
    clock: { now },
    timeZone: TIME_ZONE,
  });
const asked = () => model.server.log.filter(({ path }) => path.endsWith('/completions')).length;
const review = async (id: string, state: string) =>
  eventually(async () => {
    const { rows } = await db.pool.query(
      `select * from quality_review where conversation_id = $1 and state = $2 order by activity_at desc`,
      [id, state],
    );
    return rows[0];
  });

/** A dialogue of a customer and the assistant that ended `hoursAgo`. */
const talk = async (id: string, hoursAgo: number) => {
  const [, channel, chat] = id.split(':');
  const last = now() - hoursAgo * HOUR;
  const lines = [
    ['customer', 'Hi there'],
    ['bot', 'Hello, I am Noor of Treejar'],
  ];
  for (const [i, [sender, text]] of lines.entries()) {
    await db.pool.query(
      `insert into message (conversation_id, message_id, sender, kind, text, status, status_rank, seq, changed_seq, at)
       values ($1, $2, $3, 'text', $4, 'received', 0, $5, $5, $6)`,
      [id, `m${last}-${i}`, sender, text, i + 2, last - 1 + i],
    );
  }
  await db.pool.query(
    `insert into conversation (conversation_id, channel_id, chat_id, language, owner, states, state_paths, last_at,
       unanswered, seq, machine_version, sort_rank, search, created_at, updated_at)
     values ($1, $2, $3, 'en', 'bot', '{}', '{}', $4, 0, 3, '1', 0, '', $4, $4)
     on conflict (conversation_id) do update set last_at = excluded.last_at`,
    [id, channel, chat, last],
  );
};

it('nothing is reviewed until the owner switches it on', async () => {
  await talk('wz:c1:1', 4);
  for (const mode of ['disabled', 'manual'] as const) {
    settings = switchedTo(mode);
    expect(await look()).toBeNull();
  }
  expect(asked()).toBe(0);
});

it('a silent dialogue is read three times and scored, once, with its ceiling and its spread', async () => {
  settings = switchedTo('automatic');
  await talk('wz:c1:2', 2.9);
  await talk('wz:c1:3', 8 * 24);
  expect(await Promise.all([look(), look()])).toContain(1);
  const row = await review('wz:c1:1', 'scored');
  expect(row).toMatchObject({
    ceiling: '9.6',
    rating: null,
    readings: 3,
    model: 'other/judge',
    reason: null,
  });
  expect(row.prompt_version).toBe('quality-judge@1');
  // The double's signs: rules 1 and 2 are seen in one line each, 1 of 2 points; of the opening's 8 that is 2.
  expect(row).toMatchObject({ total: '1.5', plain_sum: 2, lowest: '1.5', highest: '1.5' });
  expect(row.detail.coverage).toEqual({ rules: 6, blocks: 2, isEnough: false });
  expect(asked()).toBe(3);
  expect(await look()).toBe(0);
  expect(asked()).toBe(3);
});

it('a closed dialogue is reviewed at once', async () => {
  await db.pool.query(
    `update conversation set state_paths = '{lifecycle,lifecycle.closed}' where conversation_id = 'wz:c1:2'`,
  );
  expect(await look()).toBe(1);
  expect(await review('wz:c1:2', 'scored')).toMatchObject({ ceiling: '9.6' });
});

it('what was said later is a review of its own', async () => {
  const before = asked();
  await talk('wz:c1:1', 3.5);
  expect(await look()).toBe(1);
  await eventually(async () => asked() === before + 3);
});

it('a review waits for the money of another day', async () => {
  settings = switchedTo('automatic', '0.00');
  await talk('wz:c1:4', 5);
  const before = asked();
  expect(await look()).toBe(1);
  await review('wz:c1:4', 'postponed');
  expect(asked()).toBe(before);
  settings = switchedTo('automatic');
  clock.advance(6 * HOUR);
  expect(await review('wz:c1:4', 'scored')).toMatchObject({ readings: 3 });
});

it('a judge who only invents quotes fails the review, with a reason and a bounded bill', async () => {
  await talk('wz:c1:5', 5);
  const invented = JSON.stringify({
    criteria: Array.from({ length: 15 }, (_, i) => ({
      rule: i + 1,
      score: 2,
      comment: '',
      quotes: ['made up'],
    })),
    strengths: [],
    weaknesses: [],
    recommendations: [],
    nextAction: '',
  });
  const before = asked();
  model.script(...Array.from({ length: 3 }, () => ({ kind: 'say' as const, text: invented })));
  await db.pool.query(`update conversation set last_at = 0 where conversation_id <> 'wz:c1:5'`);
  expect(await look()).toBe(1);
  expect(await review('wz:c1:5', 'failed')).toMatchObject({ reason: 'VerdictRefused', total: null });
  expect(asked() - before).toBe(3);
});

it('facts come from what programs recorded until then, never from words', async () => {
  const id = 'wz:c1:6';
  await talk(id, 5);
  const at = now();
  const slots = {
    company: { value: 'X', at: at - 9 * HOUR },
    name: { value: 'Y', at },
    need: { value: 'Z', at: at + 1 },
  };
  const lines = [{ sku: 'CH-1' }, { sku: 'DK-1' }];
  const context = { slots, order: { lines }, sale: { history: [{}], quote: null, requestedAt: null } };
  await db.pool.query(
    `insert into actor (actor_id, kind, version, snapshot, updated_at) values ($1, 'conversation', 1, $2, 0)`,
    [id, JSON.stringify({ snapshot: { context } })],
  );
  await db.pool.query(
    `insert into product (item_id, sku, sku_norm, name, category, currency, active, row_hash, content_hash, revision)
     values ('1', 'CH-1', 'CH1', 'a', 'Chairs', 'AED', true, '', '', 1), ('2', 'DK-1', 'DK1', 'b', 'Desks', 'AED', true, '', '', 1)`,
  );
  await db.pool.query(
    `insert into outbox (actor_id, command_id, kind, name, op, input, status, created_at, next_at)
     values ($1, 'c1', 'conversation', 'useTools', 'invoke', '{"calls": [{"name": "search_products"}]}', 'done', 1, 1),
       ($1, 'c2', 'conversation', 'createContact', 'invoke', '{}', 'done', 1, 1),
       ($1, 'c3', 'conversation', 'updateContact', 'invoke', '{}', 'failed', 1, 1)`,
    [id],
  );
  const source = await Effect.runPromise(
    DialogueSource.pipe(
      Effect.provide(
        dialogueSource(db.pool, { get: async () => settings }).pipe(Layer.provide(summarySource(db.pool))),
      ),
    ),
  );
  const task = {
    scope: 'bot',
    conversationId: id,
    activityAt: at,
    until: at,
    run: null,
    extent: 'full',
  } as const;
  expect(await Effect.runPromise(source.facts(task))).toEqual({
    scope: 'bot',
    botSpoke: true,
    customerSpoke: true,
    nameVolunteered: false,
    discoveryBegan: true,
    catalogUsed: true,
    projectScope: true,
    productFamilies: 2,
    quoteStarted: true,
    quoteCreated: true,
    crmTouched: true,
    crmWritten: true,
    companyKnown: true,
    openProject: false,
    followUpSet: false,
    closingStage: false,
    decisionPostponed: false,
    nextStepConfirmed: false,
  });
});

it('reviews of somebody who is erased leave nothing behind', async () => {
  expect(await eraseReviews(db.pool, engine, 'wz:c1:1')).toBe(2);
  for (const table of ['actor', 'journal', 'mailbox', 'outbox']) {
    const { rows } = await db.pool.query(`select from ${table} where actor_id like 'review:%:wz:c1:1'`);
    expect([table, rows]).toEqual([table, []]);
  }
  for (const table of ['quality_review', 'quality_reading']) {
    const { rows } = await db.pool.query(`select from ${table} where conversation_id = 'wz:c1:1'`);
    expect([table, rows]).toEqual([table, []]);
  }
  expect(await review('wz:c1:4', 'scored')).toMatchObject({ readings: 3 });
});
