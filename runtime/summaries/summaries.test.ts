/** Summaries from conversation to next turn: real Postgres, the model's double, both kinds of vector stores. */
import { type Context, Effect, Layer, Logger, ManagedRuntime, Redacted } from 'effect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDatabase } from '../../actors/catalog/database.ts';
import { Alerts } from '../../actors/conversation/alerts.ts';
import { Summaries } from '../../actors/summaries/summaries.ts';
import { archiveOld } from '../../actors/summaries/summary-table.ts';
import { type OpenRouterDouble, startOpenRouterDouble } from '../../adapters/openrouter/double.ts';
import { ChatModel } from '../../adapters/openrouter/openrouter.ts';
import { type QdrantDouble, startQdrantDouble } from '../../adapters/qdrant/double.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { DEFAULT_SETTINGS, type Settings } from '../api/settings-schema.ts';
import { searchLayer } from '../search-services.ts';
import { modelLedger } from '../spend/model-ledger.ts';
import { runSummaries, type SummaryServices } from './summary-job.ts';
import { summarySource } from './summary-source.ts';

const HOUR = 3_600_000;
const AHMED = 'wz:c1:971501234567';
const NEED =
  'I am Ahmed from Blue Palm, my number is 050 123 4567. I need ten mesh chairs CH-616 under 500 AED.';

describe('summaries of earlier conversations', () => {
  let db: TestDatabase;
  let model: OpenRouterDouble;
  let qdrant: QdrantDouble;
  let settings: Settings;
  let services: Context.Context<SummaryServices>;
  const open: { dispose: () => Promise<void> }[] = [];
  const alerts: string[] = [];
  const clock = { now: () => Date.now() };
  const quiet = () => undefined;
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

  const start = async (): Promise<Context.Context<SummaryServices>> => {
    const search = searchLayer({ jina: null, qdrant: { url: qdrant.url } });
    const layer = Layer.mergeAll(
      Summaries.layer({ pool: db.pool, refreshMs: 60_000 }).pipe(Layer.provide(search)),
      summarySource(db.pool),
      ChatModel.layer({ baseUrl: model.url, apiKey: Redacted.make('k'), model: 'a/x', fallbackModels: [] }),
      modelLedger({
        pool: db.pool,
        settings: { get: async () => settings },
        clock,
        log,
        timeZone: 'Asia/Dubai',
      }),
      Layer.succeed(Alerts, {
        raise: (id) => Effect.sync(() => void alerts.push(id)),
        close: () => Effect.void,
      }),
    ).pipe(Layer.provideMerge(Logger.layer([])));
    const runtime = ManagedRuntime.make(layer);
    open.push(runtime);
    return runtime.context();
  };
  const run = (isStopping?: () => boolean) =>
    runSummaries({
      pool: db.pool,
      services,
      settings: { get: async () => settings },
      shop: { hours: 'always', timeZone: 'Asia/Dubai' },
      clock,
      log,
      ...(isStopping ? { isStopping } : {}),
    });
  const using = <A, E>(use: (summaries: Summaries['Service']) => Effect.Effect<A, E>, own = services) =>
    Effect.runPromise(Effect.flatMap(Summaries, use).pipe(Effect.provideContext(own)));
  const earlier = (id: string, words = 'chairs') => using((summaries) => summaries.earlier(id, words));
  const rows = async () =>
    (
      await db.pool.query<{
        conversation_id: string | null;
        state: string;
        summary: string | null;
        model: string | null;
        cost: string | null;
        owner: string | null;
      }>('select * from conversation_summary order by at, covers_at')
    ).rows;
  const asked = () => model.server.log.filter(({ path }) => path.endsWith('/completions')).length;

  /** A conversation whose last message was written `hoursAgo`. */
  const talk = async (id: string, hoursAgo: number, ...texts: readonly string[]) => {
    const last = Date.now() - hoursAgo * HOUR;
    const [, channel, chat] = id.split(':');
    for (const [i, text] of texts.entries()) {
      const sender = i % 2 === 0 ? 'customer' : 'bot';
      await db.pool.query(
        `insert into message (conversation_id, message_id, sender, kind, text, status, status_rank, seq, changed_seq, at)
         values ($1, $2, $3, 'text', $4, 'received', 0, $5, $5, $6)`,
        [id, `m${last}-${i}`, sender, text, i + 2, last - (texts.length - 1 - i)],
      );
    }
    await db.pool.query(
      `insert into conversation (conversation_id, channel_id, chat_id, language, owner, states, state_paths, last_at,
         unanswered, seq, machine_version, sort_rank, search, created_at, updated_at)
       values ($1, $2, $3, 'en', 'bot', '{}', '{}', $4, 0, $5, '1', 0, '', $4, $4)
       on conflict (conversation_id) do update set last_at = excluded.last_at, seq = conversation.seq + 10`,
      [id, channel, chat, last, texts.length + 1],
    );
    const context = {
      contactName: 'Ahmed 🌴',
      slots: { name: { value: 'Ahmed Mansoori' }, company: { value: 'Blue Palm' } },
    };
    await db.pool.query(
      `insert into actor (actor_id, kind, version, snapshot, updated_at) values ($1, 'conversation', 1, $2, 0)
       on conflict (actor_id) do nothing`,
      [id, JSON.stringify({ snapshot: { context } })],
    );
  };

  beforeEach(async () => {
    db = await testDatabase();
    model = await startOpenRouterDouble();
    qdrant = await startQdrantDouble();
    settings = { ...DEFAULT_SETTINGS, summaries: { enabled: true } };
    alerts.length = 0;
    services = await start();
  });
  afterEach(async () => {
    for (const runtime of open.splice(0)) await runtime.dispose();
    await model.close();
    await qdrant.close();
    await db.drop();
  });

  it('cost nothing until they are switched on', async () => {
    await talk(AHMED, 4, NEED);
    settings = DEFAULT_SETTINGS;
    expect(await run()).toBeNull();
    expect([asked(), await rows()]).toEqual([0, []]);
  });

  it('are made of what has been silent for three hours, billed, kept without personal data, and told to the next turn', async () => {
    await talk(AHMED, 3.1, NEED, 'CH-616 is 450 AED.', 'Thank you!');
    await talk('wz:c1:971500000002', 2.9, 'I need twenty standing desks, please');
    expect(await run()).toEqual({ looked: 1, summarised: 1, failed: 0, stopped: null });
    const [row] = await rows();
    expect(row).toMatchObject({ conversation_id: AHMED, state: 'done', model: 'a/x' });
    expect(Number(row?.cost)).toBeGreaterThan(0);
    expect(row?.owner).toMatch(/^[0-9a-f]{64}$/);
    expect(row?.summary).toContain('CH-616');
    expect(row?.summary).toContain('They began'); // the careless double quotes the customer
    expect(row?.summary).not.toMatch(/ahmed|blue palm|123|4567/i);
    const [sent] = model.server.log;
    expect(sent?.body).not.toMatch(/Ahmed|Blue Palm|123 4567/);
    const booked = await db.pool.query(`select job, outcome, prompt_versions from model_call`);
    expect(booked.rows).toEqual([{ job: 'summary', outcome: 'answered', prompt_versions: ['summary@1'] }]);
    const day = new Date(Date.now() - 3.1 * HOUR).toISOString().slice(0, 10);
    expect(await earlier(AHMED)).toEqual([{ day, summary: row?.summary }]);
  });

  it('are found for the same customer only, on any channel', async () => {
    await talk(AHMED, 4, NEED);
    await run();
    expect(await earlier('wz:other:971501234567')).toHaveLength(1);
    expect(await earlier('wz:c1:971501234568')).toEqual([]);
    const stored = JSON.stringify([...qdrant.server.log].map(({ path, body }) => path + body));
    expect(stored).not.toContain('971501234567');
    expect(stored).toContain((await rows())[0]?.owner ?? 'nobody');
  });

  it('tell of the last conversation and of the one that the words are about', async () => {
    await talk(AHMED, 100, 'I am looking for a conference table for twelve people');
    await run();
    await talk(AHMED, 50, 'Do you have lockers for a gym with forty members?');
    await run();
    await talk(AHMED, 10, 'I would like a sofa for the lobby, in grey');
    await run();
    const told = await earlier(AHMED, 'lockers');
    expect(told.map(({ summary }) => /sofa|lockers|table/.exec(summary)?.[0])).toEqual(['sofa', 'lockers']);
  });

  it('are never paid twice for the same words, by any replica or later run', async () => {
    await talk(AHMED, 5, NEED);
    await Promise.all([run(), run()]);
    await run();
    await db.pool.query('delete from summary_cursor');
    await run();
    expect(asked()).toBe(1);
    await talk(AHMED, 4, 'Now I also need five desks for the accountants');
    await run();
    expect(asked()).toBe(2);
    expect(model.server.log.at(-1)?.body).not.toContain('mesh chairs');
  });

  it('are not paid for where nobody said anything new', async () => {
    await talk(AHMED, 4, 'Hi', 'Hello! How can I help you today with your office?');
    expect(await run()).toMatchObject({ looked: 1, summarised: 0 });
    expect(asked()).toBe(0);
  });

  it.each(['401', '402', '429'] as const)('wait, unpaid, while the vendor refuses with %s', async (fault) => {
    await talk(AHMED, 5, NEED);
    await talk('wz:c1:971500000002', 4, 'I need twenty standing desks, please');
    model.fail(fault, 5);
    expect(await run()).toMatchObject({ looked: 0, summarised: 0, stopped: expect.any(String) });
    expect(await rows()).toEqual([]);
    model.reset();
    expect(await run()).toMatchObject({ summarised: 2, stopped: null });
  });

  it('wait for the next day when the money is spent, and managers are told', async () => {
    await talk(AHMED, 5, NEED);
    settings = { ...settings, budgets: { ...settings.budgets, summaryDailyUsd: '0.00' } };
    expect(await run()).toMatchObject({ looked: 0, stopped: expect.stringContaining('daily money') });
    expect([asked(), alerts.length]).toEqual([0, 1]);
    settings = { ...settings, budgets: DEFAULT_SETTINGS.budgets };
    expect(await run()).toMatchObject({ summarised: 1 });
  });

  it('are not asked for again when the answer was useless, and the next conversation gets its turn', async () => {
    await talk(AHMED, 5, NEED);
    await talk('wz:c1:971500000002', 4, 'I need twenty standing desks, please');
    model.fail('refusal');
    expect(await run()).toEqual({ looked: 2, summarised: 1, failed: 1, stopped: null });
    await run();
    expect(asked()).toBe(2);
    expect((await rows()).map(({ state }) => state)).toEqual(['failed', 'done']);
  });

  it('stop after a provider that may have been paid for nothing, and go on behind it', async () => {
    await talk(AHMED, 5, NEED);
    await talk('wz:c1:971500000002', 4, 'I need twenty standing desks, please');
    model.fail('500');
    expect(await run()).toMatchObject({ looked: 1, failed: 1, stopped: 'ChatModelUnavailable' });
    expect(await run()).toMatchObject({ looked: 1, summarised: 1 });
  });

  it('begin no other one while the process stops', async () => {
    await talk(AHMED, 5, NEED);
    expect(await run(() => true)).toMatchObject({ looked: 0, stopped: null });
    expect(asked()).toBe(0);
  });

  it('leave nothing behind of a customer who is forgotten', async () => {
    await talk(AHMED, 5, NEED);
    await run();
    expect(await using((summaries) => summaries.forget(AHMED))).toBe(1);
    expect(await earlier(AHMED)).toEqual([]);
    expect(await rows()).toMatchObject([{ conversation_id: null, owner: null, summary: null }]);
    expect((await db.pool.query(`select 1 from embedding where collection = 'conversations'`)).rows).toEqual(
      [],
    );
    expect([...qdrant.collections.values()].map(({ size }) => size)).toEqual([0]);
  });

  it('keep their customer after a restart', async () => {
    await talk(AHMED, 5, NEED);
    await run();
    const later = await start();
    expect(await using((summaries) => summaries.earlier(AHMED, ''), later)).toHaveLength(1);
  });

  it('leave the search when there are too many, and are still told to their customer', async () => {
    await talk(AHMED, 6, NEED);
    await talk('wz:c1:971500000002', 4, 'I need twenty standing desks, please');
    await run();
    const tables = makeDatabase(db.pool);
    await Effect.runPromise(tables.transaction((tx) => archiveOld(tx, 1)));
    await using((summaries) => summaries.tidy);
    expect([...qdrant.collections.values()].map(({ size }) => size)).toEqual([1]);
    expect((await rows()).map(({ state }) => state)).toEqual(['archived', 'done']);
    expect(await earlier(AHMED)).toHaveLength(1);
  });
});
